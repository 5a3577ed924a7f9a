"""A family's home says the one thing to do next: a draft, a decision not read yet, the yearly assessment."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from intake.actions import applications
from intake.models import Status
from intake.yearly import next_due_on
from tests.factories import CountyFactory, FamilyFactory, OfficeFactory, RegionFactory, StaffFactory
from tests.factories.applications import SentApplicationFactory, start
from tests.factories.dates import MS, NM

pytestmark = pytest.mark.django_db


def family_of(program):
    region = RegionFactory(program=program)
    county = CountyFactory(program=program, region=region)
    office = OfficeFactory(program=program, region=region, county=county)
    StaffFactory(role="intake-worker", office=office)
    return FamilyFactory(program=program, household__county=county)


def decided(family, *, days_ago):
    application = SentApplicationFactory(
        family=family, at=timezone.now() - timedelta(days=days_ago)
    )
    for status in (Status.IN_REVIEW, Status.DECIDED):
        application = applications.locked(application)
        application.move_to(status, by=family.user, at=timezone.now(), reason="for the test")
    return application


def next_step(client, family):
    client.force_login(family.user)
    return client.get(reverse("home")).context["next_step"]


def test_a_draft_comes_first(client):
    family = family_of(MS)
    decided(family, days_ago=340)
    start(family)

    assert next_step(client, family)["title"].startswith("Finish and send")


def test_a_decision_is_the_next_step_until_it_is_read(client):
    family = family_of(NM)
    application = decided(family, days_ago=30)

    assert next_step(client, family)["title"].startswith("Read our decision")
    client.get(reverse("intake:decision", args=[application.number]))
    assert next_step(client, family) is None


def test_the_yearly_assessment_is_asked_for_ninety_days_before_it_is_due(client):
    family = family_of(MS)
    application = decided(family, days_ago=345)
    client.force_login(family.user)
    client.get(reverse("intake:decision", args=[application.number]))

    step = next_step(client, family)

    assert step["title"].startswith("Do this year’s")
    assert step["due"] == next_due_on(application)
    assert step["url"] == reverse("intake:start", args=[MS])


@pytest.mark.parametrize(("program", "days_ago"), [(MS, 200), (NM, 345)])
def test_nothing_is_asked_before_its_time_or_where_nothing_is_yearly(client, program, days_ago):
    family = family_of(program)
    application = decided(family, days_ago=days_ago)
    client.force_login(family.user)
    client.get(reverse("intake:decision", args=[application.number]))

    assert next_step(client, family) is None
