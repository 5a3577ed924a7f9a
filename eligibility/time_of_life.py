"""What belongs to which time of life: newborn screens in the first year, adult care in the teens."""

from __future__ import annotations

from datetime import date

from eligibility.program_folders import rulebooks

NEWBORN_UNTIL = 1  # years: after that the newborn screens are no longer asked about
# Rules about age alone: a no by one of them is no refusal, only another time of life.
AGE_RULES = frozenset({"age", "minimum_age"})
# Screens of the first weeks, which are not asked about later.
NEWBORN_RULES = frozenset({"newborn_hearing", "newborn_bloodspot"})


def plans_for_adult_care(program: str, *, age: int, on: date) -> bool:
    """Say whether a program's rules, as they stand on a day, plan for adult care at this age."""
    rule = rulebooks()[program].on(on).requirements.get("transition_age")
    return rule is not None and age >= rule.values.minimum
