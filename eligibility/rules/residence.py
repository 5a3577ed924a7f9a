"""Does the child live in the state?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..facts import Facts
from ..library import Answer, Values, met, needs_review, not_met, rule, unknown
from ..wording import mark as _

# A program that does not ask about intent or absence leaves these two arguments out.
ARGUMENTS = {"intent_matters": "flag?", "longest_absence": "days?"}
FACTS = [
    "residence.state",
    "residence.intends_to_stay",
    "residence.away_days",
    "residence.told_coordinator",
]


def _living_here(_facts: Facts, values: Values, _on: date) -> Mapping[str, Any]:
    helpful: dict[str, Any] = {"residence.state": (values.program.state,)}
    if values.intent_matters:
        helpful["residence.intends_to_stay"] = (True,)
    if values.longest_absence is not None:
        helpful["residence.told_coordinator"] = (True,)
    return helpful


@rule(
    "residence",
    asks=_("Does the child live in the state?"),
    reads=FACTS,
    takes=ARGUMENTS,
    favours=_living_here,
)
def lives_in_state(facts: Facts, values: Values, _on: date) -> Answer:
    home, state = facts.residence, values.program.state_name
    if home.state not in (None, values.program.state):
        return not_met(
            _("Home is in another state. This program serves {state:name}."), state=state
        )
    if values.intent_matters and home.intends_to_stay is not True:
        return _no_intent(facts, values)
    if home.state is None:
        return unknown(_("We do not know yet if home is in {state:name}."), state=state)
    if values.longest_absence is not None and (home.away_days or 0) > values.longest_absence:
        return _away(facts, values)
    if values.intent_matters:
        return met(_("Home is in {state:name}, and the plan is to stay."), state=state)
    return met(_("Home is in {state:name}."), state=state)


def _no_intent(facts: Facts, values: Values) -> Answer:
    state = values.program.state_name
    if facts.residence.intends_to_stay is False:
        return not_met(_("The plan is not to stay in {state:name}."), state=state)
    if facts.residence.state is None:
        return unknown(_("We do not know yet if home is in {state:name}."), state=state)
    return unknown(_("We do not know yet if the plan is to stay in {state:name}."), state=state)


def _away(facts: Facts, values: Values) -> Answer:
    told = facts.residence.told_coordinator
    said = {"days": facts.residence.away_days, "limit": values.longest_absence}
    state = values.program.state_name
    if told is None:
        return unknown(
            _(
                "Away for {days} days, which is more than {limit}."
                " We need to know if the care coordinator was told."
            ),
            **said,
        )
    if told:
        return met(
            _(
                "Away for {days} days, and the care coordinator knows."
                " Home is still in {state:name}."
            ),
            days=said["days"],
            state=state,
        )
    return needs_review(
        _(
            "Away for {days} days, which is more than {limit}, and the care coordinator was not"
            " told. A person will look at this. It is not a no."
        ),
        **said,
    )


def _born_or_living_here(facts: Facts, values: Values, on: date) -> Mapping[str, Any]:
    return {**_living_here(facts, values, on), "newborn.born_in_state": (True,)}


@rule(
    "residence_or_born_here",
    asks=_("Was the child born in the state, or does the child live there?"),
    reads=[*FACTS, "newborn.born_in_state"],
    takes=ARGUMENTS,
    favours=_born_or_living_here,
)
def born_or_lives_in_state(facts: Facts, values: Values, on: date) -> Answer:
    if facts.newborn.born_in_state:
        return met(_("The child was born in {state:name}."), state=values.program.state_name)
    return lives_in_state(facts, values, on)
