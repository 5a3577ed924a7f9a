"""What a family can answer to a question with a few answers: the facts of the contract, in words."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from eligibility import facts

# "Not here" is all the rules need; which other state is nobody's business. No state has this code.
ELSEWHERE = "XX"
MOST_PEOPLE = 40  # in one home, as far as forms go


class MedicaidStatus(models.TextChoices):
    ENROLLED = facts.Medicaid.ENROLLED, _("My child has Medicaid now")
    PENDING = facts.Medicaid.PENDING, _("We applied and wait for an answer")
    DENIED = facts.Medicaid.DENIED, _("We applied and were turned down")
    DENIED_INCOMPLETE = (
        facts.Medicaid.DENIED_INCOMPLETE,
        _("Our Medicaid application was closed: papers were missing"),
    )
    EMERGENCY_ONLY = facts.Medicaid.EMERGENCY_ONLY, _("Only emergency Medicaid")
    LIMITED_BENEFIT = (
        facts.Medicaid.LIMITED_BENEFIT,
        _("Medicaid that covers only some services"),
    )
    SCREENED_OUT = (
        facts.Medicaid.SCREENED_OUT,
        _("A worker found that Medicaid's rules do not fit"),
    )
    NOT_APPLIED = facts.Medicaid.NOT_APPLIED, _("We have not applied")

    @classmethod
    def for_families(cls) -> list[tuple[str, Any]]:
        """Return the answers a family can give; that Medicaid's rules do not fit, a worker finds."""
        return [one for one in cls.choices if one[0] != cls.SCREENED_OUT]


class InsurancePool(models.TextChoices):
    ACCEPTED = facts.InsurancePool.ACCEPTED, _("Accepted")
    APPLIED = facts.InsurancePool.APPLIED, _("Applied, waiting for an answer")
    NONE = facts.InsurancePool.NONE, _("No")


class HearingScreen(models.TextChoices):
    PASSED = facts.Hearing.PASSED, _("Passed in both ears")
    NOT_PASSED = facts.Hearing.NOT_PASSED, _("Did not pass in one or both ears")
    MISSED = facts.Hearing.MISSED, _("Was not done")


class BloodspotScreen(models.TextChoices):
    IN_RANGE = facts.Bloodspot.IN_RANGE, _("Nothing was found")
    OUT_OF_RANGE = facts.Bloodspot.OUT_OF_RANGE, _("Something needs another look")
    MISSED = facts.Bloodspot.MISSED, _("Was not done")


class IncomePeriod(models.TextChoices):
    WEEKLY = facts.Period.WEEKLY, _("every week")
    BIWEEKLY = facts.Period.BIWEEKLY, _("every two weeks")
    SEMIMONTHLY = facts.Period.SEMIMONTHLY, _("twice a month")
    MONTHLY = facts.Period.MONTHLY, _("every month")
    QUARTERLY = facts.Period.QUARTERLY, _("every three months")
    ANNUAL = facts.Period.ANNUAL, _("every year")
