"""How tests enroll a child: applied for, decided with a yes, told."""

from django.utils import timezone

from eligibility.models import Outcome
from intake.actions import applications, notices
from intake.journeys.filling import fill, rows_again
from intake.models import Enrollment
from tests.factories.applications import SentApplicationFactory
from tests.intake.deciding import decide


def confirmed_asthma(sent, ida):
    """Let Ida see the doctor's paper, and the rules say yes."""
    seen = {"text": "asthma", "icd10": "J45.40", "status": "confirmed"}
    fill(sent, {"conditions": rows_again(sent, "conditions", seen)}, by=ida)
    applications.ask_the_rules(application=sent, by=ida, at=timezone.now())
    sent.refresh_from_db()
    return sent


def enroll(family, by, service="care_coordination"):
    sent = confirmed_asthma(SentApplicationFactory(family=family), by)
    decide(sent, service, Outcome.AVAILABLE, by)
    notices.tell_family(application=sent, by=by, at=timezone.now())
    return Enrollment.objects.get(child=family.child, household=family.household)
