"""Who helps another home of their own child reads on their home nothing but that they help."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from intake.actions import appeal_reviews, information_requests, urgent_needs
from tests.factories import (
    CountyFactory,
    FamilyFactory,
    OfficeFactory,
    RegionFactory,
    SecondHomeFactory,
    StaffFactory,
)
from tests.factories.applications import SentApplicationFactory
from tests.factories.dates import NM, today
from tests.intake.letting_help import let_in
from tests.intake.refusing import ask, refuse, screen

pytestmark = pytest.mark.django_db


@pytest.fixture
def ida():
    region = RegionFactory(program=NM)
    county = CountyFactory(program=NM, region=region)
    return StaffFactory(office=OfficeFactory(program=NM, region=region, county=county))


@pytest.fixture
def sam():
    return StaffFactory(role="program-supervisor", program=NM)


@pytest.fixture
def rosa(ida):
    return FamilyFactory(household__county=ida.grants[0].office.county)


@pytest.fixture
def helped(rosa, ida):
    """Rosa's application for the child of two homes, with which the other parent helps."""
    return SentApplicationFactory(family=rosa)


@pytest.fixture
def other(rosa, helped):
    """The parent in the child's other home."""
    parent = SecondHomeFactory(child=rosa.child)
    let_in(helped, rosa, parent.user)
    return parent


def home(signed_in, who):
    return signed_in(who.user).get(reverse("home"))


def test_they_read_nothing_of_a_decision_or_a_review(helped, rosa, other, ida, sam, signed_in):
    appeal = ask(refuse(helped, ida, sam), rosa.user)
    screen(appeal, sam)
    appeal_reviews.ask_family(
        appeal=appeal,
        words="The letter of the lung clinic.",
        due_on=today() + timedelta(days=14),
        by=sam,
        at=timezone.now(),
    )

    page = home(signed_in, other)

    assert "lung clinic" not in page.content.decode()
    assert page.context["next_step"] is None
    assert reverse("intake:decision", args=[helped.number]) not in page.content.decode()
    assert "lung clinic" in home(signed_in, rosa).content.decode()


def test_they_are_not_told_that_we_call_them(helped, rosa, other, signed_in):
    urgent_needs.tell(
        application=helped,
        kinds=["medicine"],
        phone="+15055550134",
        may_leave_message=False,
        by=rosa.user,
        at=timezone.now(),
    )

    assert not home(signed_in, other).context["calls"]
    assert home(signed_in, rosa).context["calls"]


def test_what_is_missing_is_asked_of_the_home_that_applied(helped, rosa, other, ida, signed_in):
    information_requests.ask(
        application=helped, rule="covered_condition", words="", by=ida, at=timezone.now()
    )

    assert home(signed_in, other).context["next_step"] is None
    assert home(signed_in, rosa).context["next_step"]


def test_they_see_that_they_help_beside_what_is_their_own(helped, other, signed_in):
    own = SentApplicationFactory(family=other)

    page = home(signed_in, other)

    assert [row["url"] for row in page.context["helps_with"]] == [helped.get_absolute_url()]
    (row,) = page.context["children"]
    assert row["more_url"] == reverse("intake:receipt", args=[own.number])
