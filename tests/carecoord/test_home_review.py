"""The home leads to what a review still needs, and a committee member to the reviews."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from intake.actions import appeal_reviews, appeals
from tests.factories import CountyFactory, FamilyFactory, OfficeFactory, RegionFactory, StaffFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.dates import NM, today
from tests.intake.refusing import ask, members, refuse, screen

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    """Return a family, and the review for which it is asked to send something."""
    region = RegionFactory(program=NM)
    county = CountyFactory(program=NM, region=region)
    ida = StaffFactory(office=OfficeFactory(program=NM, region=region, county=county))
    sam = StaffFactory(role="program-supervisor", program=NM)
    rosa = FamilyFactory(household__county=county)
    appeal = ask(refuse(SentApplicationFactory(family=rosa), ida, sam), rosa.user)
    screen(appeal, sam)
    appeal_reviews.ask_family(
        appeal=appeal,
        words="The last pay stub.",
        due_on=today() + timedelta(days=14),
        by=sam,
        at=timezone.now(),
    )
    return rosa, appeal


def test_the_home_says_what_a_review_needs_until_it_came(asked, signed_in):
    rosa, appeal = asked
    home, add = reverse("home"), reverse("intake:appeal_add", args=[appeal.number])
    page = signed_in(rosa.user).get(home)
    assert page.context["next_step"]["url"] == add
    assert "The last pay stub." in page.content.decode()

    appeals.add(appeal=appeal, words="Here.", files=[], by=rosa.user, at=timezone.now())

    assert signed_in(rosa.user).get(home).context["next_step"]["url"] != add


def test_the_home_says_what_became_of_a_review_while_it_is_looked_at(asked, signed_in):
    rosa, appeal = asked
    page = signed_in(rosa.user).get(reverse("home")).content.decode()

    assert "You asked for a review." in page
    assert date_format(appeal.due_on) in page
    assert appeal.get_absolute_url() in page

    appeals.withdraw(appeal=appeal, words="", by=rosa.user, at=timezone.now())

    assert (
        "You asked for a review." not in signed_in(rosa.user).get(reverse("home")).content.decode()
    )


def test_a_member_of_the_committee_begins_at_the_reviews(signed_in):
    (ruth,) = members(number=1)
    assert signed_in(ruth).get(reverse("home"))["Location"] == reverse("intake:appeals")
