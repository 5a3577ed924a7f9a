"""The history of an application reads as sentences, for those who supervise."""

from django.urls import reverse
from django.utils import timezone

from cms_portal.audit.timeline import entries
from eligibility.models import Outcome, ReasonCode
from intake.actions import decisions
from intake.views.history import _rows
from tests.factories.applications import SentApplicationFactory


def told(application, viewer):
    return [entry.sentence for entry in entries(_rows(application), viewer)]


def test_a_worker_who_does_not_supervise_is_refused(rosa, ida, signed_in):
    application = SentApplicationFactory(family=rosa)

    page = signed_in(ida).get(reverse("intake:history", args=[application.number]))

    assert page.status_code == 403


def test_the_family_does_not_reach_it(rosa, signed_in):
    application = SentApplicationFactory(family=rosa)

    page = signed_in(rosa.user).get(reverse("intake:history", args=[application.number]))

    assert page.status_code == 403


def test_a_supervisor_reads_who_did_what_and_why(rosa, ida, sam):
    application = SentApplicationFactory(family=rosa)
    decisions.decide_service(
        application=application,
        service="care_coordination",
        outcome=Outcome.AVAILABLE,
        reason_code=ReasonCode.PAPER_SHOWN,
        words="The doctor's letter names asthma.",
        by=ida,
        at=timezone.now(),
    )
    application.refresh_from_db()

    sentences = told(application, sam)

    number = application.number
    assert f"{rosa.user.name} started application {number}." in sentences
    assert f"{rosa.user.name} sent application {number}." in sentences
    assert f"{ida.name} began to review application {number}." in sentences
    assert any(s.startswith(f"{ida.name} decided “Yes” on Care coordination") for s in sentences)
    reasons = [entry.reason for entry in entries(_rows(application), sam)]
    assert "The doctor's letter names asthma." in reasons


def test_who_looked_stands_in_the_history(rosa, ida, sam, signed_in):
    application = SentApplicationFactory(family=rosa)
    signed_in(ida).get(reverse("intake:review", args=[application.number]))

    looks = [e.sentence for e in entries(_rows(application), sam) if e.is_look]

    assert looks == [f"{ida.name} looked at application {application.number}."]
