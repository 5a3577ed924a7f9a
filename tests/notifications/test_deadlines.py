"""The time to answer counts from the day a letter was truly mailed, and is never cut short."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from cms_portal import programs
from cms_portal.notifications import actions, mailing
from cms_portal.notifications.deadlines import REPLY_BY, counts_from, reply_by, text_of
from cms_portal.notifications.models import MessageState
from cms_portal.notifications.wording import Wording
from tests.factories import AddressFactory, FamilyFactory, the_portal
from tests.factories.dates import NM

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 9, 1)


@pytest.fixture
def letter():
    """A letter that gives the reader 30 days, printed on no day yet."""
    family = FamilyFactory()
    AddressFactory(household=family.household, starts_on=date(2020, 1, 1))
    return actions.queue(
        key="notifications/any",
        guardian=family.guardian,
        by=the_portal(),
        reply_days=30,
    )


@pytest.fixture(autouse=True)
def _names_the_day(monkeypatch):
    """A message that names the day to answer by."""
    told = Wording("Answer us", f"Answer us by {REPLY_BY}.")
    monkeypatch.setattr(actions, "word", lambda **facts: told)


def print_and_mail(letter, on: date, mailed: date | None = None):
    at = datetime.combine(mailed or on, datetime.min.time(), programs.get(NM).timezone)
    mailing.print_letters(letters=[letter], dated_on=on, by=the_portal(), at=at)
    mailing.mark_mailed(
        letters=[letter], by=the_portal(), at=at + timedelta(hours=12), today=mailed or on
    )
    letter.refresh_from_db()


def test_no_time_counts_before_a_letter_is_printed(letter):
    assert reply_by(letter) is None
    assert text_of(letter) == "Answer us by 30 days after the day on the letter."


def test_the_time_counts_from_the_day_the_letter_bears(letter):
    print_and_mail(letter, TUESDAY)
    assert reply_by(letter) == date(2026, 10, 1)
    assert text_of(letter) == "Answer us by October 1, 2026."


def test_a_letter_that_was_mailed_late_gives_the_days_back(letter):
    print_and_mail(letter, TUESDAY, mailed=TUESDAY + timedelta(days=2))
    assert counts_from(letter) == TUESDAY + timedelta(days=2)


@pytest.mark.parametrize(
    ("mailed", "by"),
    [
        (
            date(2026, 9, 10),
            date(2026, 10, 13),
        ),  # a Saturday, then Sunday and a holiday of the state
        (date(2026, 11, 25), date(2026, 12, 28)),  # 25 December, a Friday, and the weekend
    ],
)
def test_a_last_day_on_a_holiday_is_the_next_working_day(letter, mailed, by):
    print_and_mail(letter, mailed)
    assert reply_by(letter) == by


def test_a_letter_that_came_back_takes_no_time_from_the_family(letter):
    print_and_mail(letter, TUESDAY)
    mailing.mark_returned(message=letter, on=TUESDAY + timedelta(days=9), by=the_portal())
    letter.refresh_from_db()
    assert reply_by(letter) is None


def test_an_email_counts_from_the_day_it_was_sent(letter):
    letter.channel, letter.state = "email", MessageState.QUEUED
    assert text_of(letter) == "Answer us by 30 days after we send you this."
    letter.state, letter.sent_at = MessageState.SENT, timezone.now()
    assert reply_by(letter) is not None
