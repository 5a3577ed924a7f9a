"""Which requirement is proven already: last year's paper serves again while it is valid."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dateutil.relativedelta import relativedelta

from cms_portal import programs
from intake.models import Application, Evidence, Requirement

# How many months a paper serves, by the name of its clock; of what is not here nothing changes.
CLOCKS = {
    Requirement.HOME: "proof_of_home_months",
    Requirement.CONDITION: "proof_of_condition_months",
    Requirement.INCOME: "proof_of_income_months",
    Requirement.MEDICAID: "proof_of_insurance_months",
    Requirement.POOL: "proof_of_insurance_months",
    Requirement.INSURANCE: "proof_of_insurance_months",
}


def months_valid(program: str, requirement: str) -> int | None:
    """Return how many months a paper serves by the program's clocks; None for what does not change."""
    clock = CLOCKS.get(Requirement(requirement))
    return programs.get(program).clock(clock) if clock else None


def usual_last_day(program: str, requirement: str, seen_on: date) -> date | None:
    """Return the last day on which a paper seen on a day serves; None for what does not change."""
    months = months_valid(program, requirement)
    return None if months is None else seen_on + relativedelta(months=months)


def proofs_of(application: Application, on: date) -> dict[str, Evidence]:
    """Return what the home has proven for the child, by requirement; of several the one good longest."""
    return best_on(kept_of(application), on)


def kept_of(application: Application) -> list[Evidence]:
    """Return what its home proved for its child, also what has grown old since."""
    found = Evidence.objects.of(application).kept().select_related("document")
    return list(found.order_by("requirement", "pk"))


def best_on(kept: Iterable[Evidence], on: date) -> dict[str, Evidence]:
    """Return of what was kept the proof good longest for each requirement that has one on a day."""
    proofs = [one for one in kept if one.serves_on(on)]
    ordered = sorted(proofs, key=lambda one: one.valid_until or date.max)
    order = list(Requirement)
    best = {one.requirement: one for one in ordered}
    return dict(sorted(best.items(), key=lambda pair: order.index(Requirement(pair[0]))))
