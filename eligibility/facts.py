"""What is known about a child on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class BadFacts(ValueError):
    """Facts that break the contract; `key` names the one at fault."""

    def __init__(self, key: str, problem: str) -> None:
        self.key = key
        self.problem = problem
        super().__init__(f"{key}: {problem}")


class Status(StrEnum):
    CONFIRMED = "confirmed"
    REPORTED = "reported"
    SUSPECTED = "suspected"


class Period(StrEnum):
    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"
    SEMIMONTHLY = "semimonthly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ANNUAL = "annual"


class Medicaid(StrEnum):
    ENROLLED = "enrolled"
    PENDING = "pending"
    DENIED = "denied"
    DENIED_INCOMPLETE = "denied_incomplete"
    EMERGENCY_ONLY = "emergency_only"
    LIMITED_BENEFIT = "limited_benefit"
    SCREENED_OUT = "screened_out"
    NOT_APPLIED = "not_applied"


class InsurancePool(StrEnum):
    ACCEPTED = "accepted"
    APPLIED = "applied"
    NONE = "none"


class Hearing(StrEnum):
    PASSED = "passed"
    NOT_PASSED = "not_passed"
    MISSED = "missed"


class Bloodspot(StrEnum):
    IN_RANGE = "in_range"
    OUT_OF_RANGE = "out_of_range"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Residence:
    state: str | None = None
    intends_to_stay: bool | None = None
    away_days: int | None = None
    told_coordinator: bool | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    icd10: str | None = None
    text: str | None = None
    status: Status | None = None
    on_seizure_medication: bool | None = None

    @property
    def is_confirmed(self) -> bool:
        """Whether a doctor's word stands behind a code; words alone never count as confirmed."""
        return self.icd10 is not None and self.status is Status.CONFIRMED


@dataclass(frozen=True, slots=True)
class Household:
    size: int | None = None
    children_with_special_needs: int | None = None


@dataclass(frozen=True, slots=True)
class IncomeLine:
    amount: Decimal | None = None
    period: Period | None = None

    @property
    def is_known(self) -> bool:
        return self.amount is not None and self.period is not None


@dataclass(frozen=True, slots=True)
class Coverage:
    medicaid: Medicaid | None = None
    private_insurance: bool | None = None
    insurance_pool: InsurancePool | None = None


@dataclass(frozen=True, slots=True)
class Newborn:
    born_in_state: bool | None = None
    hearing: Hearing | None = None
    hearing_risk_factors: bool | None = None
    bloodspot: Bloodspot | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """A child on a day; None is *not known yet*, an empty list is *known to be none*."""

    program: str
    on: date
    date_of_birth: date | None = None
    residence: Residence = field(default_factory=Residence)
    conditions: tuple[Condition, ...] | None = None
    has_primary_care_provider: bool | None = None
    household: Household = field(default_factory=Household)
    income: tuple[IncomeLine, ...] | None = None
    coverage: Coverage = field(default_factory=Coverage)
    newborn: Newborn = field(default_factory=Newborn)
    last_intake_completed_on: date | None = None
    # Not part of the JSON: asked and shown, but no rule in force reads it.
    assets: Decimal | None = None

    def age_on(self, on: date) -> int | None:
        """Return the age in years; a birthday on 29 February is 1 March in other years."""
        born = self.date_of_birth
        if born is None:
            return None
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    def annual_income(self, times_a_year: Mapping[str, int]) -> Decimal | None:
        """Return the gross income a year in dollars, or None while a line is not known."""
        if self.income is None:
            return None
        total = Decimal(0)
        for line in self.income:
            if line.amount is None or line.period is None:
                return None
            total += line.amount * times_a_year[line.period]
        return total
