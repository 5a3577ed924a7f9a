"""Who looks after the child now: a doctor, an insurer, an assessment that is still good?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from ..facts import Facts, InsurancePool, Medicaid
from ..library import Answer, Values, met, needs_review, not_met, rule, unknown
from ..wording import mark as _


@rule(
    "primary_care_provider",
    asks=_("Does the child have a primary care provider?"),
    reads=["has_primary_care_provider"],
    favours={"has_primary_care_provider": (True,)},
)
def has_primary_care_provider(facts: Facts, _values: Values, _on: date) -> Answer:
    if facts.has_primary_care_provider is None:
        return unknown(_("We do not know yet if the child has a primary care provider."))
    if facts.has_primary_care_provider:
        return met(_("The child has a primary care provider."))
    return needs_review(
        _("The child has no primary care provider yet. A worker can help you find one first.")
    )


@rule(
    "insurance_pool",
    asks=_("Has the insurance pool accepted the child?"),
    reads=["coverage.insurance_pool"],
    favours={"coverage.insurance_pool": (InsurancePool.ACCEPTED,)},
)
def accepted_by_insurance_pool(facts: Facts, _values: Values, _on: date) -> Answer:
    pool = facts.coverage.insurance_pool
    if pool is None:
        return unknown(_("We do not know yet if the child is in the insurance pool."))
    if pool is InsurancePool.ACCEPTED:
        return met(_("The insurance pool has accepted the child."))
    if pool is InsurancePool.APPLIED:
        return unknown(_("The insurance pool has not answered yet."))
    return needs_review(
        _("The child is not in the insurance pool yet. A worker can help you ask for it.")
    )


@rule(
    "uninsured",
    asks=_("Is the child without health insurance?"),
    reads=["coverage.medicaid", "coverage.private_insurance"],
    favours={
        "coverage.medicaid": (Medicaid.DENIED,),
        "coverage.private_insurance": (False,),
    },
)
def has_no_insurance(facts: Facts, _values: Values, _on: date) -> Answer:
    medicaid, private = facts.coverage.medicaid, facts.coverage.private_insurance
    if medicaid is Medicaid.ENROLLED:
        return not_met(_("The child has Medicaid, so there is health insurance already."))
    if private:
        return not_met(_("The child has private health insurance already."))
    if medicaid is None:
        return unknown(_("We do not know yet if the child has Medicaid."))
    if private is None:
        return unknown(_("We do not know yet if the child has private health insurance."))
    return met(_("The child has no health insurance now. A worker can help you look for some."))


def _assessed_today(_facts: Facts, _values: Values, on: date) -> Mapping[str, Any]:
    return {"last_intake_completed_on": (on,)}


@rule(
    "annual_intake",
    asks=_("Was the intake assessment done within the last year?"),
    reads=["last_intake_completed_on"],
    takes={"days_of_grace": "days"},
    favours=_assessed_today,
)
def intake_is_current(facts: Facts, values: Values, on: date) -> Answer:
    done = facts.last_intake_completed_on
    if done is None:
        return unknown(_("We do not have an intake assessment yet."))
    due = first_anniversary(done)
    if on <= due:
        return met(
            _("The intake assessment of {done:date} is good until {due:date}."), done=done, due=due
        )
    if on - due <= timedelta(days=values.days_of_grace):
        return needs_review(
            _(
                "The yearly intake assessment was due on {due:date}. A person will look at this."
                " Nothing closes by itself."
            ),
            due=due,
        )
    return not_met(
        _("The yearly intake assessment was due on {due:date}. A new one opens this help again."),
        due=due,
    )


def first_anniversary(day: date) -> date:
    """Return the same day a year on; 1 March after 29 February; the last day there is, at most."""
    if day.year == date.max.year:
        return date.max
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)
