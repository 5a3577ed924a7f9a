"""What cannot wait is a named person's on the same working day, on top of every list."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from cms_portal.audit.tracking import save_tracked
from cms_portal.offices.models import Closure, OpeningHours
from cms_portal.work.models import Task
from intake.models import Referral
from intake.urgency import same_working_day
from tests.factories import the_portal
from tests.intake.referring import MONDAY, another


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (at(2026, 3, 2, 21), date(2026, 3, 2)),  # Monday, two in the afternoon
        (at(2026, 3, 2, 23, 59), date(2026, 3, 2)),  # a minute before five
        (at(2026, 3, 3, 0), date(2026, 3, 3)),  # Monday at five: Tuesday
        (at(2026, 3, 7, 4), date(2026, 3, 9)),  # Friday evening: Monday
        (at(2026, 3, 7, 18), date(2026, 3, 9)),  # Saturday
        # The Wednesday evening before Thanksgiving, whose Friday New Mexico rests, too.
        (at(2026, 11, 26, 1), date(2026, 11, 30)),
        (at(2026, 12, 25, 17), date(2026, 12, 28)),  # Christmas, a Friday
    ],
)
def test_the_day_of_urgent_contact(office, ida, moment, due):
    assert same_working_day(office=office, at=moment) == due


def test_an_office_that_closes_earlier_or_is_closed_that_day_counts_its_own_hours(office, ida):
    opening = OpeningHours(office=office, weekday=0, opens_at=time(8), closes_at=time(13))
    save_tracked(opening, by=the_portal(), reason="told by phone")
    closed = Closure(
        office=office, starts_on=date(2026, 3, 3), ends_on=date(2026, 3, 4), reason="snow"
    )
    save_tracked(closed, by=the_portal(), reason="snow")

    assert same_working_day(office=office, at=MONDAY) == date(2026, 3, 5)


def test_an_urgent_referral_is_an_urgent_task_of_a_named_person(office, ida):
    referral = another(office.county, 1, urgency="power")

    task = Task.objects.get()
    assert (task.is_urgent, task.owner, task.due_on) == (True, ida, date(2026, 3, 2))
    assert task.about == referral
    assert "power" not in f"{task.title} {task.why}"


def test_what_is_not_urgent_has_some_working_days(office, ida):
    assert another(office.county, 1).due_on == date(2026, 3, 9)


def test_the_urgent_stand_on_top_of_every_list(office, ida):
    old = another(office.county, 1, at=at(2026, 1, 5, 18))
    urgent = another(office.county, 2, urgency="newborn")

    assert list(Referral.objects.most_urgent_first()) == [urgent, old]
    assert Task.objects.most_urgent_first().first().about == urgent
