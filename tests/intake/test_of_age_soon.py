"""A parent reads in time that the application will be the youth's own."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from cms_portal.families.rights import comes_of_age_on
from intake.actions.applications import let_help
from tests.factories import FamilyFactory, UserFactory
from tests.factories.applications import SentApplicationFactory, start
from tests.factories.dates import born, today

LATEST = 90


@pytest.fixture
def family_of(office, ida):
    """Return a function that makes a family whose youth comes of age in so many days."""

    def of(days):
        turned = born(18) + timedelta(days=days)
        return FamilyFactory(household__county=office.county, child__date_of_birth=turned)

    return of


@pytest.mark.parametrize("days", [1, LATEST])
def test_a_draft_is_to_be_sent_before_the_birthday(family_of, days, signed_in):
    home = family_of(days)
    application = start(home)

    words = signed_in(home.user).get(application.get_absolute_url()).content.decode()

    day = date_format(comes_of_age_on(home.child))
    assert f"{home.child.called} turns 18 on {day}" in words
    assert "Send it before that day." in words


def test_what_was_sent_says_who_will_read_the_answer(family_of, signed_in):
    home = family_of(9)
    receipt = reverse("intake:receipt", args=[SentApplicationFactory(family=home).number])

    words = signed_in(home.user).get(receipt).content.decode()

    assert f"From then on only {home.child.called} sees this" in words
    assert "Send it before that day." not in words


def test_a_far_birthday_is_not_spoken_of(family_of, signed_in):
    home = family_of(LATEST + 1)

    words = signed_in(home.user).get(start(home).get_absolute_url()).content.decode()

    assert "turns 18" not in words


def test_a_helper_does_not_read_the_birthday(family_of, signed_in):
    home, helper = family_of(9), UserFactory()
    application = start(home)
    let_help(application=application, helper=helper, on=today(), by=home.user)

    assert "turns 18" not in signed_in(helper).get(application.get_absolute_url()).content.decode()
