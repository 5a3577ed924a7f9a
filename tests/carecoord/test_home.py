"""A family's home says the one thing to do next: send what we wait for, finish, read, or renew."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from eligibility.models import Outcome, ReasonCode
from intake.actions import applications, decisions, information_requests, notices
from intake.models import Enrollment
from tests.factories import (
    CountyFactory,
    FamilyFactory,
    OfficeFactory,
    RegionFactory,
    StaffFactory,
    UserFactory,
)
from tests.factories.applications import SentApplicationFactory, start
from tests.factories.dates import MS, NM

pytestmark = pytest.mark.django_db


def family_of(program):
    region = RegionFactory(program=program)
    county = CountyFactory(program=program, region=region)
    office = OfficeFactory(program=program, region=region, county=county)
    StaffFactory(role="intake-worker", office=office)
    return FamilyFactory(program=program, household__county=county)


def sent_and_told(family, *, days_ago, outcome=Outcome.AVAILABLE):
    """Sent so many days ago, care coordination decided and told on that day."""
    at = timezone.now() - timedelta(days=days_ago)
    application = SentApplicationFactory(family=family, at=at)
    worker, second = (
        application.worker,
        StaffFactory(role="program-supervisor", program=family.child.program),
    )
    decision = decisions.decide_service(
        application=application,
        service="care_coordination",
        outcome=outcome,
        reason_code=ReasonCode.FAMILY_TOLD,
        words="On the phone.",
        by=worker,
        at=at,
    )
    decisions.countersign(application=application, decision=decision.pk, by=second, at=at)
    notices.tell_family(application=application, by=worker, at=at)
    return application


def next_step(client, family):
    client.force_login(family.user)
    return client.get(reverse("home")).context["next_step"]


def test_what_we_wait_for_comes_first(client):
    family = family_of(NM)
    sent = SentApplicationFactory(family=family)
    request = information_requests.ask(
        application=sent, rule="covered_condition", words="", by=sent.worker, at=timezone.now()
    )

    step = next_step(client, family)

    assert step["due"] == request.due_on
    assert step["url"] == reverse("intake:answer_request", args=[sent.number, request.pk])


def test_a_draft_comes_before_the_rest(client):
    family = family_of(MS)
    start(family)

    assert next_step(client, family)["title"].startswith("Finish and send")


def test_a_notice_is_the_next_step_until_it_is_read(client):
    family = family_of(NM)
    application = sent_and_told(family, days_ago=30)

    assert next_step(client, family)["title"].startswith("Read our decision")
    client.get(reverse("intake:decision", args=[application.number]))
    assert next_step(client, family) is None


@pytest.mark.parametrize("program", [NM, MS])
def test_an_enrollment_is_renewed_from_ninety_days_before_its_end(client, program):
    family = family_of(program)
    early = sent_and_told(family, days_ago=200)
    client.force_login(family.user)
    client.get(reverse("intake:decision", args=[early.number]))
    assert next_step(client, family) is None

    enrollment = Enrollment.objects.get()
    applications.withdraw(application=early, by=family.user, at=timezone.now(), reason="closed")

    with time_machine.travel(timezone.now() + timedelta(days=100), tick=True):
        step = next_step(client, family)
    assert step["due"] == enrollment.last_day
    assert step["url"] == reverse("intake:renew", args=[enrollment.pk])


def test_who_is_in_no_program_yet_reads_which_state_each_is_of(client):
    client.force_login(UserFactory())
    new = client.get(reverse("home")).content.decode()
    assert "Services (New Mexico)" in new
    assert "Program (Mississippi)" in new

    client.force_login(family_of(NM).user)
    assert "(New Mexico)" not in client.get(reverse("home")).content.decode()
