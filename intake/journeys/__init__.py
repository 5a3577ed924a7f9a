"""The journey of each program: the same steps for a family on a phone and a worker on one page.

A program's own `program.yaml` names the pages it asks, in order.
"""

from __future__ import annotations

from functools import cache

from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.journeys.steps import Journey, Step
from intake.forms import health, home, money
from intake.journeys import applies, lists, steps
from intake.journeys.kinds import AnswerStep
from intake.journeys.screener import Because, Consequences, Lasting


def _page(key: str, title: object, form: type, when: object = None, **more: object) -> AnswerStep:
    return AnswerStep(key=key, title=title, form_class=form, when=when, **more)


STEPS: dict[str, Step] = {
    step.key: step
    for step in (
        _page("residence", _("Where you live"), home.ResidenceForm),
        _page("state", _("Where you live"), home.LivesInStateForm),
        steps.AboutChild(),
        _page("sent-by", _("Who sent you"), home.SentByForm),
        steps.Away(),
        steps.AwayDetails(),
        steps.Address(),
        steps.Contact(),
        steps.Languages(),
        lists.Conditions(),
        steps.SeizureMedicine(),
        Consequences(),
        Because(),
        Lasting(),
        _page("doctor", _("Regular doctor"), health.DoctorForm),
        _page("team", _("Care that fits together"), health.TeamForm),
        _page("dentist", _("Dentist"), health.DentalForm, applies.is_no_newborn),
        _page("care", _("Care now"), health.CareForm),
        _page("development", _("Growing and learning"), health.DevelopmentForm, applies.is_small),
        _page("household", _("People in your home"), money.HouseholdForm),
        _page("any-income", _("Money"), money.AnyIncomeForm),
        lists.Income(),
        lists.Assets(),
        _page("medicaid", _("Medicaid"), money.CoverageForm),
        _page(
            "medicaid-card", _("Medicaid card"), money.MedicaidCardForm, applies.has_medicaid_card
        ),
        steps.MedicaidAnswer(),
        _page("insurance", _("Other insurance"), money.InsuranceForm),
        _page("pool", _("Insurance pool"), money.PoolForm, applies.has_no_medicaid),
        _page("liability", _("Accidents"), money.LiabilityForm),
        _page(
            "liability-details",
            _("Who may have to pay"),
            money.LiabilityDetailsForm,
            applies.others_may_pay,
        ),
        _page("newborn", _("Newborn screens"), health.NewbornForm, applies.is_newborn),
        _page("hard-to-do", _("What is hard"), health.HardToDoForm),
        _page("first-steps", _("First Steps"), health.FirstStepsForm, applies.is_under_three),
        _page("school", _("School"), health.SchoolForm, applies.is_of_school_age),
        _page("growing-up", _("Growing up"), health.GrowingUpForm, applies.grows_up),
        _page("emergency", _("Emergency plan"), health.EmergencyForm),
        steps.Services(),
        _page("needs", _("What you need"), health.NeedsForm),
        _page("about", _("About your child"), health.AboutForm, not_for_newborns=("strengths",)),
        steps.Papers(),
    )
}


@cache
def journey_of(program: str) -> Journey:
    """Return the journey of a program; raise KeyError for a page that nobody wrote."""
    return Journey(STEPS[key] for key in programs.get(program).journey)
