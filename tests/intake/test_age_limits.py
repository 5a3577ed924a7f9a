"""Who turns 21 hears in time, twice; a person plans what follows, and nothing ends by itself."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.formats import date_format

from cms_portal import programs
from cms_portal.notifications.models import Message
from cms_portal.work.models import Task
from intake.actions import enrollments
from intake.aging import ends_by_age
from intake.models import EndReason, Enrollment
from tests.factories import AddressFactory, FamilyFactory
from tests.factories.dates import born, days_from_today, today
from tests.intake.enrolling import enroll

KEY = "intake/age_limit"
FAR = 150


def letters():
    return Message.objects.filter(key=KEY)


def tell(on: date | None = None, **options) -> str:
    out = StringIO()
    call_command("tell_of_age_limits", on=on, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def nearly_21(office, ida):
    """Twenty-one in five months; speaks for themselves."""
    family = FamilyFactory(
        household__county=office.county,
        child__date_of_birth=born(21) + timedelta(days=FAR),
        kind="own_applicant",
        authority__starts_on=days_from_today(-300),
    )
    AddressFactory(household=family.household)
    return enroll(family, ida)


def test_a_younger_child_hears_nothing(rosa, ida):
    enrolled = enroll(rosa, ida)
    tell()
    assert not ends_by_age(enrolled)
    assert not letters().exists() and not Task.objects.filter(kind="age_limit").exists()


def test_the_enrollment_ends_on_the_birthday(nearly_21):
    assert nearly_21.ends_on == nearly_21.child.birthday(21) == days_from_today(FAR)
    assert ends_by_age(nearly_21)


def test_the_letters_name_the_day_before_the_birthday_as_the_last_one(nearly_21, ida):
    last_day = date_format(nearly_21.child.birthday(21) - timedelta(days=1), "DATE_FORMAT")
    tell()
    enrollments.end(enrollment=nearly_21, reason=EndReason.AGED_OUT, by=ida, at=timezone.now())
    ended = Message.objects.get(key="intake/enrollment_ended")

    assert "The day before is the last day of help" in letters().get().text
    assert f": {last_day}" in letters().get().text
    assert f"The last day is {last_day}." in ended.text
    assert "You can come back" not in ended.text


def test_the_family_hears_twice_and_a_worker_plans_once(nearly_21):
    tell(dry_run=True)
    assert not letters().exists()
    tell()
    tell()
    assert letters().count() == 1
    assert Task.objects.get(kind="age_limit").due_on == days_from_today(FAR - 30)

    tell(days_from_today(FAR - 30))
    tell(days_from_today(FAR - 12))
    assert letters().count() == 2
    assert Task.objects.filter(kind="age_limit").count() == 1
    assert "turns 21" in letters()[0].title


def test_the_last_letter_leaves_more_than_the_ten_days_of_any_end(nearly_21):
    for program in programs.all_programs():
        last = program.clock("age_limit_last_notice_days_before")
        assert last >= program.clock("end_notice_days") + 10


def test_nobody_is_asked_to_renew_what_ends_with_an_age(nearly_21):
    call_command("remind_renewals", on=days_from_today(FAR - 30))
    assert not Message.objects.filter(key="intake/renewal_reminder").exists()


def test_nothing_ends_but_by_a_person_and_then_on_the_birthday(nearly_21, ida):
    tell()
    call_command("review_ended_enrollments", on=days_from_today(FAR))
    nearly_21.refresh_from_db()
    assert nearly_21.is_open and Task.objects.filter(kind="enrollment_over").exists()

    enrollments.end(enrollment=nearly_21, reason=EndReason.AGED_OUT, by=ida, at=timezone.now())
    ended = Enrollment.objects.get()
    assert ended.ends_on == days_from_today(FAR) > today()
