"""At 18 one letter goes to the youth and one to each parent, before the day and on it, each once."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from cms_portal.families import actions as families
from cms_portal.families.models import AuthorityKind
from cms_portal.families.rights import comes_of_age_on
from cms_portal.notifications.models import Message
from cms_portal.work.models import Task
from intake.actions import enrollments
from intake.models import EndReason, Enrollment
from tests.factories import (
    AddressFactory,
    BlockFactory,
    FamilyFactory,
    GuardianFactory,
    SecondHomeFactory,
    the_portal,
)
from tests.factories.dates import born, today
from tests.intake.enrolling import enroll

BEFORE = {"intake/turning_18_youth", "intake/turning_18_parent"}
NOW = {"intake/turned_18_youth", "intake/turned_18_parent"}


@pytest.fixture
def home(office, ida):
    """A parent and a youth who is 17 for two more weeks, both of whom can be written to."""
    family = FamilyFactory(
        household__county=office.county, child__date_of_birth=born(18) + timedelta(days=14)
    )
    AddressFactory(household=family.household)
    enroll(family, ida)
    return family


@pytest.fixture
def nico(home):
    """The youth, as a person of their own."""
    guardian = GuardianFactory(
        household=home.household, first_name="Nico", last_name="Baca", user=None, phone="", email=""
    )
    families.record_authority(
        guardian=guardian,
        child=home.child,
        kind=AuthorityKind.YOUTH,
        starts_on=today(),
        by=the_portal(),
    )
    return guardian


def tell(on: date | None = None, **options) -> str:
    out = StringIO()
    call_command("tell_of_turning_18", on=on, stdout=out, **options)
    return out.getvalue()


def letters(keys):
    return Message.objects.filter(key__in=keys).order_by("key", "pk")


def test_nobody_is_told_too_early_or_long_after(home, nico):
    birthday = comes_of_age_on(home.child)
    tell(birthday - timedelta(days=184))
    tell(birthday + timedelta(days=30))
    assert not letters(BEFORE | NOW).exists()


def test_youth_and_parent_hear_before_the_birthday_each_once(home, nico):
    tell(dry_run=True)
    assert not letters(BEFORE).exists()
    tell()
    tell()
    to_parent, to_youth = letters(BEFORE)
    assert (to_youth.to_guardian, to_parent.to_guardian) == (nico, home.guardian)
    assert "unless" in to_parent.text and "court order" in to_parent.text
    assert "account of your own" in to_youth.text


def test_on_the_birthday_the_youth_is_in_charge_and_the_parent_hears_no_more(home, nico):
    tell()
    birthday = comes_of_age_on(home.child)
    tell(birthday - timedelta(days=1))
    assert not letters(NOW).exists()
    tell(birthday)
    tell(birthday + timedelta(days=1))
    to_parent, to_youth = letters(NOW)
    assert to_youth.to_guardian == nico
    # The record is the youth's now: this letter lies under no child.
    assert to_parent.to_guardian == home.guardian and to_parent.child is None


def test_each_parent_hears_in_the_own_home_and_one_who_is_kept_away_hears_nothing(home, nico):
    other = SecondHomeFactory(child=home.child)
    AddressFactory(household=other.household)
    away = GuardianFactory(household=home.household, first_name="Leo")
    families.record_authority(
        guardian=away,
        child=home.child,
        kind=AuthorityKind.PARENT,
        starts_on=today(),
        by=the_portal(),
    )
    BlockFactory(child=home.child, user=away.user)
    tell()
    tell(comes_of_age_on(home.child))
    told = letters(BEFORE | NOW).filter(key__endswith="parent")
    assert {one.to_guardian for one in told} == {home.guardian, other.guardian}
    assert not Message.objects.filter(to_guardian=away).exists()


def test_a_guardian_of_the_grown_child_by_court_order_keeps_hearing_nothing_of_an_end(home, nico):
    families.record_authority(
        guardian=home.guardian,
        child=home.child,
        kind=AuthorityKind.COURT_GUARDIAN,
        starts_on=comes_of_age_on(home.child),
        by=the_portal(),
    )
    tell(comes_of_age_on(home.child))
    assert [one.key for one in letters(NOW)] == ["intake/turned_18_youth"]


def test_a_youth_whom_no_letter_reaches_is_added_by_a_worker(home):
    tell()
    tell()
    task = Task.objects.get(kind="add_youth")
    assert (task.child, task.due_on) == (home.child, comes_of_age_on(home.child))
    assert [one.key for one in letters(BEFORE)] == ["intake/turning_18_parent"]


def test_a_child_who_is_not_enrolled_any_more_gets_no_letter(home, nico, ida):
    enrollments.end(
        enrollment=Enrollment.objects.get(), reason=EndReason.MOVED, by=ida, at=timezone.now()
    )
    assert "0 letters to youths" in tell()
