"""When a worker is free for a call or a visit: within office hours, on working days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from cms_portal import programs
from cms_portal.offices.models import Office
from cms_portal.offices.working_days import is_working_day
from intake.models import Visit

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.programs import Program

# Of many offices nobody has told us the hours. A call at these can be kept from anywhere; a visit cannot.
HOURS_FOR_CALLS = (time(9), time(16))
STEP = timedelta(hours=1)


def days_open(office: Office, now: datetime) -> list[date]:
    """Return the working days from tomorrow on which the office is not closed, as many as we plan ahead."""
    program = programs.get(office.program)
    today = timezone.localdate(now, program.timezone)
    closures = list(office.closures.all())
    found: list[date] = []
    day = today
    while len(found) < program.clock("visit_days_ahead"):
        day += timedelta(days=1)
        is_closed = any(one.starts_on <= day <= one.ends_on for one in closures)
        if is_working_day(program=program, on=day) and not is_closed:
            found.append(day)
        if day - today > timedelta(days=365):  # an office closed for good opens on no day
            break
    return found


def starts_on(office: Office, day: date, *, may_guess: bool) -> list[time]:
    """Return when something can begin on a day so that it ends within the office's hours.

    `may_guess`: at an office whose hours nobody told us, too.
    """
    length = timedelta(minutes=programs.get(office.program).clock("visit_minutes"))
    rows = list(office.hours.all())
    hours = [(row.opens_at, row.closes_at) for row in rows if row.weekday == day.weekday()]
    if not rows and may_guess:
        hours = [HOURS_FOR_CALLS]
    return [start for opens, closes in hours for start in _between(day, opens, closes, length)]


def _between(day: date, opens: time, closes: time, length: timedelta) -> Iterator[time]:
    at, last = datetime.combine(day, opens), datetime.combine(day, closes) - length
    while at <= last:
        yield at.time()
        at += STEP


def moment(program: Program, day: date, at: time) -> datetime:
    """Return a day and a time on the wall of the program's offices as a moment."""
    return datetime.combine(day, at, program.timezone)


def is_free(
    worker: User, starts_at: datetime, ends_at: datetime, *, beside: Visit | None = None
) -> bool:
    """Say whether a worker has nothing else then; `beside` is the visit that is to be moved."""
    taken = Visit.objects.planned().filter(worker=worker).between(starts_at, ends_at)
    return not taken.exclude(pk=beside.pk if beside else None).exists()


def free_on(office: Office, worker: User, day: date, *, may_guess: bool) -> list[time]:
    """Return when a worker can still begin something on a day."""
    program = programs.get(office.program)
    length = timedelta(minutes=program.clock("visit_minutes"))
    begins = [(at, moment(program, day, at)) for at in starts_on(office, day, may_guess=may_guess)]
    return [at for at, start in begins if is_free(worker, start, start + length)]
