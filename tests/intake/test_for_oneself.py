"""An adult applies for themselves, and is never asked about "the child"."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from cms_portal.families.models import Authority, AuthorityKind
from intake.models import Application
from tests.factories import UserFactory
from tests.factories.dates import NM, today

START = reverse("intake:start", args=[NM])


@pytest.fixture
def ana(office, signed_in):
    """The browser of an adult whom we do not know yet."""
    return signed_in(UserFactory(name="Ana Ortiz"))


def tell_of_oneself(browser, born, **changed):
    told = {
        "first_name": "Ana",
        "last_name": "Ortiz",
        "date_of_birth_month": born.month,
        "date_of_birth_day": born.day,
        "date_of_birth_year": born.year,
        "start_key": uuid.uuid4(),
    }
    return browser.post(page_about_oneself(browser), told | changed)


def page_about_oneself(browser):
    return browser.post(START, {"who": "myself", "start_key": uuid.uuid4()})["Location"]


def years_ago(years):
    return today() - timedelta(days=365 * years)


def test_who_is_not_18_yet_is_told_who_applies_and_keeps_what_was_typed(ana):
    page = tell_of_oneself(ana, years_ago(17))

    assert page.status_code == 422
    assert "Until you are 18, a parent or guardian applies with you." in page.content.decode()
    assert 'value="Ortiz"' in page.content.decode()
    assert not Application.objects.exists()


def test_another_relation_sent_along_changes_nothing(ana):
    tell_of_oneself(ana, years_ago(20), relation=AuthorityKind.PARENT)

    assert Authority.objects.get().kind == AuthorityKind.OWN_APPLICANT


def test_an_adult_is_asked_their_own_name_and_applies_for_themselves(ana):
    asked = ana.get(page_about_oneself(ana)).content.decode()
    assert "Your date of birth" in asked
    assert "Child’s" not in asked and "You are the child’s" not in asked

    page = tell_of_oneself(ana, years_ago(20))

    assert page["Location"] == Application.objects.get().get_absolute_url()
    assert Authority.objects.get().kind == AuthorityKind.OWN_APPLICANT


def test_who_has_a_record_of_their_own_chooses_it_by_name(ana):
    assert "Myself: I am 18 or older" in ana.get(START).content.decode()
    tell_of_oneself(ana, years_ago(20))

    words = ana.get(START).content.decode()

    assert "Ana Ortiz" in words
    assert "Myself: I am 18 or older" not in words
