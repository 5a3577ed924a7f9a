"""What did the newborn screens find?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..facts import Bloodspot, Facts, Hearing
from ..library import Answer, Values, met, not_met, rule, unknown
from ..wording import mark as _
from .conditions import by_name, wanted_by_name


def _hearing_to_follow(facts: Facts, values: Values, on: date) -> Mapping[str, Any]:
    return {
        **wanted_by_name(facts, values, on),
        "newborn.hearing": (Hearing.NOT_PASSED,),
        "newborn.hearing_risk_factors": (True,),
    }


@rule(
    "newborn_hearing",
    asks=_("Does the newborn hearing screen call for follow-up?"),
    reads=["conditions", "newborn.hearing", "newborn.hearing_risk_factors"],
    takes={"list": "conditions"},
    favours=_hearing_to_follow,
)
def hearing_calls_for_follow_up(facts: Facts, values: Values, _on: date) -> Answer:
    screen = facts.newborn.hearing
    if screen is Hearing.NOT_PASSED:
        return met(_("The newborn hearing screen was not passed."))
    if screen is Hearing.MISSED:
        return met(_("The newborn hearing screen was missed."))
    if facts.newborn.hearing_risk_factors:
        return met(_("The child has a risk factor for hearing loss."))
    named = by_name(facts, values)
    if named is not None:
        return named
    if screen is None:
        return unknown(_("We do not know the result of the newborn hearing screen yet."))
    return not_met(_("The newborn hearing screen was passed, and we know of no hearing loss."))


def _bloodspot_to_follow(facts: Facts, values: Values, on: date) -> Mapping[str, Any]:
    return {
        **wanted_by_name(facts, values, on),
        "newborn.bloodspot": (Bloodspot.OUT_OF_RANGE,),
    }


@rule(
    "newborn_bloodspot",
    asks=_("Does the newborn blood screen call for follow-up?"),
    reads=["conditions", "newborn.bloodspot"],
    takes={"list": "conditions"},
    favours=_bloodspot_to_follow,
)
def bloodspot_calls_for_follow_up(facts: Facts, values: Values, _on: date) -> Answer:
    screen = facts.newborn.bloodspot
    if screen is Bloodspot.OUT_OF_RANGE:
        return met(_("The newborn blood screen was out of range."))
    if screen is Bloodspot.MISSED:
        return met(_("The newborn blood screen was missed."))
    named = by_name(facts, values)
    if named is not None:
        return named
    return _no_condition_it_looks_for(facts)


def _no_condition_it_looks_for(facts: Facts) -> Answer:
    if facts.newborn.bloodspot is None:
        return unknown(_("We do not know the result of the newborn blood screen yet."))
    if facts.conditions is None:
        return unknown(
            _("The newborn blood screen was in range. We do not know of a health condition yet.")
        )
    return not_met(
        _("The newborn blood screen was in range, and we know of no condition it looks for.")
    )
