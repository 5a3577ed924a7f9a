"""How long a service has waited, and how long it still may."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from intake.actions import information_requests as requests
from intake.actions import notices
from intake.asking import askable
from intake.cases import service_cases
from intake.clocks import Clock
from tests.factories.applications import SentApplicationFactory
from tests.factories.dates import NM, today
from tests.intake.deciding import decide

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


def test_the_queue_says_the_true_age_the_paused_one_and_for_whom_it_waits(rosa, ida, signed_in):
    at = timezone.now() - timedelta(days=20)
    sent = SentApplicationFactory(family=rosa, at=at)
    for one in askable(service_cases(sent)):
        requests.ask(application=sent, rule=one.rule, words="", by=ida, at=at + 8 * DAY)
    for case in service_cases(sent):
        if case.is_asked and case.is_open and not case.waits_for:
            decide(sent, case.key, case.recommended, ida)
    notices.tell_family(application=sent, by=ida, at=timezone.now())

    page = signed_in(ida).get(reverse("intake:queue")).content.decode()

    assert "20 days" in page
    assert "12 of them waited for the family" in page
    assert "The family" in page


def test_what_is_late_says_why_and_a_disability_gives_more_time(rosa, ida, signed_in):
    sent = SentApplicationFactory(family=rosa, at=timezone.now() - timedelta(days=50))
    browser = signed_in(ida)
    url = reverse("intake:set_time", args=[sent.number])

    browser.post(url, {"needs_disability_finding": "on", "late_because": "The doctor is away."})

    sent.refresh_from_db()
    assert sent.answer_due_on == today(NM) - timedelta(days=50) + timedelta(days=90)
    assert (
        "The doctor is away."
        in browser.get(reverse("intake:review", args=[sent.number])).content.decode()
    )
