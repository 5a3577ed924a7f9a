"""When an office is open and when it is closed, as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.offices import working_days
from cms_portal.offices.models import Office, OpeningHours

LOOK_AHEAD_DAYS = 60


@dataclass(frozen=True)
class Stretch:
    """Weekdays in a row with the same hours: "Monday to Friday", "8:00 to 5:00"."""

    days: str
    hours: str


@dataclass(frozen=True)
class ClosedDays:
    """A day, or several in a row, on which an office is closed, and why."""

    starts_on: date
    ends_on: date
    reason: str

    def __str__(self) -> str:
        if self.starts_on == self.ends_on:
            return _("Closed %(day)s: %(reason)s") % {
                "day": day_in_words(self.starts_on),
                "reason": self.reason,
            }
        return _("Closed %(first)s to %(last)s: %(reason)s") % {
            "first": day_in_words(self.starts_on),
            "last": day_in_words(self.ends_on),
            "reason": self.reason,
        }


def day_in_words(day: date) -> str:
    """Return "Thursday, November 26", or "jueves 26 de noviembre"."""
    # Translators: a date as Django's format letters: weekday, month, day.
    return date_format(day, _("l, F j"))


def weekly(office: Office) -> list[Stretch]:
    """Return the hours of a week, days with the same hours together; empty if nobody told us."""
    by_day: dict[int, list[OpeningHours]] = {}
    for row in office.hours.all():
        by_day.setdefault(row.weekday, []).append(row)
    stretches: list[tuple[list[int], str]] = []
    for weekday, rows in sorted(by_day.items()):
        hours = _(" and ").join(_hours(row.opens_at, row.closes_at) for row in rows)
        if stretches and stretches[-1][1] == hours and stretches[-1][0][-1] == weekday - 1:
            stretches[-1][0].append(weekday)
        else:
            stretches.append(([weekday], hours))
    return [Stretch(capfirst(_days(days)), hours) for days, hours in stretches]


def closed_days(office: Office, *, on: date, days: int = LOOK_AHEAD_DAYS) -> list[ClosedDays]:
    """Return the closures and state holidays from a day on, in order; holidays only on days it opens."""
    last = on + timedelta(days=days)
    closures = [
        ClosedDays(closure.starts_on, closure.ends_on, closure.reason_for_families)
        for closure in office.closures.all()
        if closure.ends_on >= on and closure.starts_on <= last
    ]
    holidays = (
        holiday
        for holiday in _holidays(office, on, last)
        if not any(c.starts_on <= holiday.starts_on <= c.ends_on for c in closures)
    )
    return sorted([*closures, *holidays], key=lambda closed: closed.starts_on)


def _holidays(office: Office, first: date, last: date) -> Iterator[ClosedDays]:
    program = programs.get(office.program)
    open_weekdays = {row.weekday for row in office.hours.all()} or set(range(5))
    for day in _days_between(first, last):
        name = working_days.holiday(program=program, on=day)
        if name and day.weekday() in open_weekdays:
            yield ClosedDays(day, day, name)


def _days_between(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=count) for count in range((last - first).days + 1))


def _days(weekdays: list[int]) -> str:
    first, last = (OpeningHours.Weekday(weekdays[end]).label for end in (0, -1))
    if len(weekdays) == 1:
        return str(first)
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def _hours(opens_at: time, closes_at: time) -> str:
    return _("%(opens)s to %(closes)s") % {
        "opens": time_format(opens_at),
        "closes": time_format(closes_at),
    }
