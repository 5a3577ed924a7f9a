"""When a page is asked: by the child's age, or by what was told before."""

from __future__ import annotations

from cms_portal import programs
from eligibility.choices import MedicaidStatus
from eligibility.time_of_life import NEWBORN_UNTIL, plans_for_adult_care
from intake.models import Application

# Years. Part C of the federal law on education (early intervention) ends at 3, and schools take over.
SCHOOL_FROM = 3
DEVELOPMENT_UNTIL = 6
WITH_CARD = (MedicaidStatus.ENROLLED, MedicaidStatus.EMERGENCY_ONLY, MedicaidStatus.LIMITED_BENEFIT)
WITH_NO = (MedicaidStatus.DENIED, MedicaidStatus.DENIED_INCOMPLETE)


def _age(application: Application) -> int:
    return application.child.age_on(programs.get(application.program).today())


def is_newborn(application: Application) -> bool:
    return _age(application) < NEWBORN_UNTIL


def is_no_newborn(application: Application) -> bool:
    return not is_newborn(application)


def is_under_three(application: Application) -> bool:
    return _age(application) < SCHOOL_FROM


def is_of_school_age(application: Application) -> bool:
    return not is_under_three(application)


def is_small(application: Application) -> bool:
    return _age(application) < DEVELOPMENT_UNTIL


def grows_up(application: Application) -> bool:
    today = programs.get(application.program).today()
    return plans_for_adult_care(application.program, age=_age(application), on=today)


def has_no_medicaid(application: Application) -> bool:
    return application.assessment.medicaid != MedicaidStatus.ENROLLED


def has_medicaid_card(application: Application) -> bool:
    return application.assessment.medicaid in WITH_CARD


def asked_medicaid(application: Application) -> bool:
    return application.assessment.medicaid in (*WITH_NO, MedicaidStatus.PENDING)


def others_may_pay(application: Application) -> bool:
    return application.assessment.others_may_pay is True
