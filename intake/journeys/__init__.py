"""The journey of each program: the same steps for a family on a phone and a worker on one page.

A program's own `program.yaml` names the pages it asks, in order.
"""

from __future__ import annotations

from functools import cache

from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.journeys.steps import Journey, Step
from eligibility.choices import MedicaidStatus
from eligibility.time_of_life import NEWBORN_UNTIL, plans_for_adult_care
from intake.forms import health, home, money
from intake.journeys.kinds import AnswerStep
from intake.journeys.steps import (
    Address,
    Away,
    Conditions,
    Contact,
    Income,
    Languages,
    Papers,
    SeizureMedicine,
)
from intake.models import Application


def _is_newborn(application: Application) -> bool:
    today = programs.get(application.program).today()
    return application.child.age_on(today) < NEWBORN_UNTIL


def _grows_up(application: Application) -> bool:
    today = programs.get(application.program).today()
    age = application.child.age_on(today)
    return plans_for_adult_care(application.program, age=age, on=today)


def _has_no_medicaid(application: Application) -> bool:
    return application.assessment.medicaid != MedicaidStatus.ENROLLED


def _page(key: str, title: object, form: type, when: object = None) -> AnswerStep:
    return AnswerStep(key=key, title=title, form_class=form, when=when)


STEPS: dict[str, Step] = {
    step.key: step
    for step in (
        _page("residence", _("Where you live"), home.ResidenceForm),
        _page("state", _("Where you live"), home.LivesInStateForm),
        Away(),
        Address(),
        Contact(),
        Languages(),
        Conditions(),
        SeizureMedicine(),
        _page("doctor", _("Regular doctor"), health.DoctorForm),
        _page("dentist", _("Dentist"), health.DentalForm),
        _page("household", _("People in your home"), money.HouseholdForm),
        _page("any-income", _("Money"), money.AnyIncomeForm),
        Income(),
        _page("medicaid", _("Medicaid"), money.CoverageForm),
        _page("insurance", _("Other insurance"), money.InsuranceForm),
        _page("pool", _("Insurance pool"), money.PoolForm, _has_no_medicaid),
        _page("newborn", _("Newborn screens"), health.NewbornForm, _is_newborn),
        _page("growing-up", _("Growing up"), health.GrowingUpForm, _grows_up),
        _page("needs", _("What you need"), health.NeedsForm),
        _page("about", _("About your child"), health.AboutForm),
        Papers(),
    )
}


@cache
def journey_of(program: str) -> Journey:
    """Return the journey of a program; raise KeyError for a page that nobody wrote."""
    return Journey(STEPS[key] for key in programs.get(program).journey)
