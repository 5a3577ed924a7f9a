"""How long a service has waited, and how long it still may."""

from __future__ import annotations

from datetime import date, timedelta

from intake.cases import service_cases
from intake.clocks import Clock
from tests.factories.applications import SentApplicationFactory

DAY = timedelta(days=1)


def test_two_requests_at_once_rest_the_time_once():
    start = date(2026, 3, 2)
    clock = Clock(
        start,
        45,
        (
            (start + 2 * DAY, start + 12 * DAY),
            (start + 5 * DAY, start + 20 * DAY),
            (start + 30 * DAY, None),
        ),
    )
    assert clock.paused_days(start + 25 * DAY) == 18
    assert clock.paused_days(start + 33 * DAY) == 21
    assert clock.age(start + 33 * DAY) == 33
    assert clock.due_on(start + 25 * DAY) == start + 63 * DAY
    assert clock.is_paused(start + 40 * DAY)
    assert not clock.is_paused(start + 25 * DAY)


def test_a_disability_finding_gives_ninety_days(rosa):
    sent = SentApplicationFactory(family=rosa)
    assert service_cases(sent)[0].clock.days == 45
    sent.needs_disability_finding = True
    assert service_cases(sent)[0].clock.days == 90
