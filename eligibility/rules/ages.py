"""How old is the child on the day?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ..facts import Facts
from ..library import Answer, Values, met, not_met, rule, unknown
from ..wording import mark as _


def born_to_be(ages: Iterable[int], on: date) -> tuple[date, ...]:
    """Return, for each age, the birth date of someone who turns that age on the day."""
    return tuple(_years_before(on, age) for age in sorted({0, *ages}))


def _years_before(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # 29 February, and that year had none
        return on.replace(year=on.year - years, day=28)


def _birthdays_under(_facts: Facts, values: Values, on: date) -> Mapping[str, Any]:
    return {"date_of_birth": born_to_be([values.limit], on)}


@rule(
    "age",
    asks=_("Is the child under the age limit?"),
    reads=["date_of_birth"],
    takes={"limit": "years"},
    favours=_birthdays_under,
)
def under_age_limit(facts: Facts, values: Values, on: date) -> Answer:
    age, limit = facts.age_on(on), values.limit
    if age is None:
        return unknown(_("We do not have a date of birth yet."))
    if age < limit:
        return met(_("Age {age} is under {limit}."), age=age, limit=limit)
    return not_met(_("Age {age} is not under {limit}."), age=age, limit=limit)


def _birthdays_from(_facts: Facts, values: Values, on: date) -> Mapping[str, Any]:
    return {"date_of_birth": born_to_be([values.minimum], on)}


@rule(
    "minimum_age",
    asks=_("Has the person reached the age at which this help begins?"),
    reads=["date_of_birth"],
    takes={"minimum": "years"},
    favours=_birthdays_from,
)
def at_least_minimum_age(facts: Facts, values: Values, on: date) -> Answer:
    age, minimum = facts.age_on(on), values.minimum
    if age is None:
        return unknown(_("We do not have a date of birth yet."))
    if age >= minimum:
        return met(_("Age {age} is {minimum} or over."), age=age, minimum=minimum)
    return not_met(
        _("Age {age} is under {minimum}. This help begins at {minimum}."), age=age, minimum=minimum
    )
