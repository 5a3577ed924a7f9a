"""Who gave a release to another program takes it back; what was copied before stays there."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from cms_portal.families import actions, stopping
from cms_portal.families.models import Release, ReleaseWithdrawal
from cms_portal.notifications.models import Message
from cms_portal.work.models import Task
from tests.factories import AuthorityFactory, BlockFactory, CountyFactory, GuardianFactory
from tests.factories.dates import MS

pytestmark = pytest.mark.django_db
KEY = "families/sharing_stopped"


@pytest.fixture
def release(rosa):
    """Rosa signed, and Mateo's record was copied."""
    actions.release_to_program(
        child=rosa.child,
        guardian=rosa.guardian,
        county=CountyFactory(program=MS, name="Hinds"),
        parts=("about",),
        words="I let you copy these parts.",
        signed_name="Rosa Baca",
        by=rosa.user,
        at=timezone.now(),
    )
    return Release.objects.get()


@pytest.fixture
def page(release):
    return reverse("families:take_back", args=[release.pk])


def test_another_adult_of_the_same_home_who_did_not_sign_finds_no_page(rosa, page, signed_in):
    other = GuardianFactory(household=rosa.household)
    AuthorityFactory(guardian=other, child=rosa.child)
    browser = signed_in(other.user)

    assert browser.get(page).status_code == 404
    assert browser.post(page).status_code == 404
    assert page not in browser.get(_child_page(rosa.child)).content.decode()
    assert not ReleaseWithdrawal.objects.exists()


def test_another_home_and_the_staff_find_no_page(ben, ida, page, signed_in):
    for user in (ben.user, ida):
        assert signed_in(user).post(page).status_code == 404


def test_who_is_blocked_since_finds_no_page(rosa, page, signed_in):
    BlockFactory(child=rosa.child, user=rosa.user)
    assert signed_in(rosa.user).post(page).status_code == 404


def test_opening_the_page_takes_nothing_back(rosa, page, signed_in):
    assert signed_in(rosa.user).get(page).status_code == 200
    assert not ReleaseWithdrawal.objects.exists()


def test_who_signed_finds_it_on_the_childs_page_and_takes_it_back(rosa, page, signed_in):
    browser = signed_in(rosa.user)
    assert page in browser.get(_child_page(rosa.child)).content.decode()

    shown = browser.post(page, follow=True).content.decode()

    assert "You took your release back" in shown
    assert ReleaseWithdrawal.objects.get().withdrawn_by == rosa.user
    assert page not in browser.get(_child_page(rosa.child)).content.decode()


def test_the_letter_says_what_stops_and_what_cannot_be_taken_back(rosa, release):
    _take_back(release, rosa)

    letter = Message.objects.get(key=KEY)
    assert letter.to_guardian == rosa.guardian
    assert "Mississippi" in letter.text
    assert "we cannot take back" in letter.text


def test_the_old_office_is_asked_to_call_once_though_sent_twice(rosa, release):
    for _tab in range(2):
        _take_back(release, rosa)

    assert Task.objects.get(kind="release_withdrawn").program == release.program
    assert Message.objects.filter(key=KEY).count() == 1
    assert ReleaseWithdrawal.objects.count() == 1


def test_the_copy_stays_with_the_other_program(rosa, release):
    _take_back(release, rosa)
    assert rosa.user.guardians.filter(household__program=MS).exists()


def _take_back(release, family):
    return stopping.withdraw_release(release=release, by=family.user, at=timezone.now())


def _child_page(child):
    return reverse("families:child", args=[child.pk])
