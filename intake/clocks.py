"""How long each service of an application has been waiting, and for whom.

The time to decide stands still while a request for information is open, for the services it serves and
for no other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from cms_portal import programs
from intake.models import Application, InformationRequest


@dataclass(frozen=True)
class Clock:
    """The time one service has to be decided in: from a day, so many days, with pauses between."""

    started_on: date
    days: int
    pauses: tuple[tuple[date, date | None], ...] = ()

    def is_paused(self, on: date) -> bool:
        return any(start <= on and (end is None or on < end) for start, end in self.pauses)

    def age(self, on: date) -> int:
        """Return the days since it started, pauses included."""
        return (on - self.started_on).days

    def paused_days(self, on: date) -> int:
        """Return the days it stood still until a day; those of two pauses at once count once."""
        total, counted_until = 0, self.started_on
        for start, end in sorted(self.pauses, key=lambda pause: pause[0]):
            first = max(start, counted_until)
            last = min(end or on, on)
            if last > first:
                total += (last - first).days
                counted_until = last
        return total

    def due_on(self, on: date) -> date:
        """Return by which day to decide, as it looks on a day: each paused day adds one."""
        return self.started_on + timedelta(days=self.days + self.paused_days(on))


def days_to_decide(application: Application) -> int:
    """Return the days a service has, more where a disability has to be found first."""
    longer = "decision_days_with_disability_finding"
    name = longer if application.needs_disability_finding else "decision_days"
    return programs.get(application.program).clock(name)


def clock_of(
    application: Application,
    service: str,
    requests: Iterable[InformationRequest],
    *,
    since: datetime | None = None,
) -> Clock:
    """Return the clock of one service of an application that was sent; it may be decided anew `since`."""
    of_service = (one for one in requests if service in one.services)
    return clock_of_all(application, of_service, since=since)


def clock_of_all(
    application: Application,
    requests: Iterable[InformationRequest],
    *,
    since: datetime | None = None,
) -> Clock:
    """Return the clock of an application that was sent, with these requests as its pauses."""
    zone = programs.get(application.program).timezone
    return Clock(
        started_on=timezone.localdate(since or application.submitted_at, zone),
        days=days_to_decide(application),
        pauses=tuple((request.asked_on, request.closed_on) for request in requests),
    )
