"""Nothing ends sooner than ten days after its letter truly went out; a late letter never shortens that."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from cms_portal.families.models import Channel
from cms_portal.notifications import mailing
from cms_portal.notifications.deadlines import text_of
from cms_portal.notifications.models import Message
from cms_portal.notifications.reaching import REACH_FAMILY
from cms_portal.work.actions import finish
from cms_portal.work.models import Task
from intake.actions import enrollments
from intake.models import EndReason
from tests.factories import the_portal
from tests.factories.dates import NM, days_from_today, today

TEN = timedelta(days=10)


def keep(on=None):
    call_command("keep_end_notices", on=on)


def mail(letter, on):
    mailing.print_letters(letters=[letter], dated_on=on, by=the_portal(), at=timezone.now())
    mailing.mark_mailed(letters=[letter], by=the_portal(), at=timezone.now(), today=on)
    letter.refresh_from_db()


def letter_of(key):
    return Message.objects.filter(key=key).order_by("pk").last()


@pytest.mark.parametrize("reason", [EndReason.MOVED, EndReason.NOT_RENEWED])
def test_a_worker_who_ends_it_leaves_ten_days_even_past_its_own_end(enrolled, ida, reason):
    enrolled.ends_on = today(NM)
    enrolled = enrollments.end(enrollment=enrolled, reason=reason, by=ida, at=timezone.now())
    assert enrolled.last_day == today(NM) + TEN
    assert enrolled.services.get().last_day == today(NM) + TEN


def test_the_letter_says_no_day_before_it_is_mailed(enrolled, ida):
    enrollments.end(enrollment=enrolled, reason=EndReason.MOVED, by=ida, at=timezone.now())
    letter = letter_of("intake/enrollment_ended")
    assert letter.channel == Channel.LETTER
    assert "10 days after the day on the letter" in text_of(letter)


def test_a_letter_mailed_late_moves_the_end_of_an_enrollment(enrolled, ida):
    enrollments.end(enrollment=enrolled, reason=EndReason.MOVED, by=ida, at=timezone.now())
    mail(letter_of("intake/enrollment_ended"), days_from_today(4))
    keep()
    keep()
    enrolled.refresh_from_db()
    assert enrolled.last_day == days_from_today(4) + TEN
    assert enrolled.services.get().last_day == enrolled.last_day


def test_while_no_letter_went_out_nothing_ends(enrolled, ida):
    enrollments.end(enrollment=enrolled, reason=EndReason.MOVED, by=ida, at=timezone.now())
    keep(days_from_today(9))
    enrolled.refresh_from_db()
    assert enrolled.last_day == days_from_today(9) + TEN


def test_a_letter_that_came_back_counts_from_the_day_somebody_reached_the_family(enrolled, ida):
    enrollments.end(enrollment=enrolled, reason=EndReason.MOVED, by=ida, at=timezone.now())
    letter = letter_of("intake/enrollment_ended")
    mail(letter, today())
    mailing.mark_returned(message=letter, on=today(), by=ida)
    keep(days_from_today(3))
    enrolled.refresh_from_db()
    assert enrolled.last_day == days_from_today(3) + TEN

    task = Task.objects.get(kind=REACH_FAMILY)
    finish(task=task, by=ida, at=timezone.now(), outcome="spoke with the mother")
    keep(days_from_today(8))
    enrolled.refresh_from_db()
    assert enrolled.last_day == days_from_today(3) + TEN


def test_a_dry_run_moves_nothing(enrolled, ida):
    enrollments.end(enrollment=enrolled, reason=EndReason.MOVED, by=ida, at=timezone.now())
    call_command("keep_end_notices", on=days_from_today(9), dry_run=True)
    enrolled.refresh_from_db()
    assert enrolled.last_day == today(NM) + TEN


def test_by_age_it_ends_on_the_birthday_it_had(enrolled, ida):
    own = enrolled.ends_on
    ended = enrollments.end(
        enrollment=enrolled, reason=EndReason.AGED_OUT, by=ida, at=timezone.now()
    )
    keep(days_from_today(20))
    ended.refresh_from_db()
    assert ended.ends_on == own
