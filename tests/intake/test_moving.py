"""A family that moves takes its answers along by name; what it had open ends."""

import pytest
from django.utils import timezone

from cms_portal.families import actions as families
from intake.journeys.filling import rows
from intake.models import Application, Status
from tests.factories import CountyFactory, OfficeFactory, SecondHomeFactory
from tests.factories.applications import SentApplicationFactory, answer, start
from tests.factories.dates import MS


@pytest.fixture
def hinds():
    county = CountyFactory(program=MS, name="Hinds")
    OfficeFactory(program=MS, county=county, region=county.region)
    return county


def move(family, county, *parts):
    return families.release_to_program(
        child=family.child,
        guardian=family.guardian,
        county=county,
        parts=parts,
        words="I let you copy these parts.",
        signed_name="Rosa Baca",
        by=family.user,
        at=timezone.now(),
    )


def test_what_was_not_released_does_not_go_along(rosa, hinds):
    SentApplicationFactory(family=rosa)

    move(rosa, hinds, "contacts")

    assert not Application.objects.filter(program=MS).exists()


def test_released_conditions_begin_an_application_there(rosa, hinds):
    confirmed = {"text": "asthma", "status": "reported"}
    SentApplicationFactory(family=rosa, conditions=rows("conditions", confirmed))

    move(rosa, hinds, "health")

    begun = Application.objects.get(program=MS)
    assert begun.status == Status.DRAFT
    assert [row.text for row in begun.assessment.conditions.all()] == ["asthma"]
    assert begun.assessment.has_primary_care_provider is True
    assert not begun.answered_pages.exists()


def test_what_was_open_here_ends_and_the_other_parents_goes_on(rosa, office, hinds):
    mine = SentApplicationFactory(family=rosa)
    other = SecondHomeFactory(child=rosa.child, household__county=office.county)
    theirs = answer(start(other))

    move(rosa, hinds, "health")

    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert mine.status == Status.WITHDRAWN
    assert theirs.status == Status.DRAFT
