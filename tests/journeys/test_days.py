"""Days and times on a page are those of the program's offices, wherever the server's clock stands."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.factories import CountyFactory, FamilyFactory, OfficeFactory, StaffFactory
from tests.factories.applications import SentApplicationFactory

pytestmark = pytest.mark.django_db
# In New Mexico it is half past eight in the evening of the 14th.
LATE_IN_THE_DAY = datetime(2026, 5, 15, 2, 30, tzinfo=UTC)


@pytest.fixture
def sent():
    office = OfficeFactory()
    StaffFactory(office=office)
    county = CountyFactory(region=office.region)
    family = FamilyFactory(household__county=county)
    return SentApplicationFactory(family=family, at=LATE_IN_THE_DAY)


@pytest.mark.parametrize("page", ["intake:receipt", "intake:review"])
def test_what_is_sent_in_the_evening_is_sent_that_day(client, sent, page):
    client.force_login(sent.worker if page == "intake:review" else sent.submitted_by)

    shown = client.get(reverse(page, args=[sent.number])).content.decode()

    assert "May 14, 2026" in shown
    assert "May 15, 2026" not in shown
