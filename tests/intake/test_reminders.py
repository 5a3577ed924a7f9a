"""Reminders go out once, on their day; a dry run changes nothing; nothing closes by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from cms_portal.notifications.models import Message
from cms_portal.work.models import Task
from intake.actions import information_requests
from intake.states import RequestState
from tests.factories.applications import SentApplicationFactory, start
from tests.factories.dates import NM, today


@pytest.fixture
def request_(rosa, ida):
    sent = SentApplicationFactory(family=rosa)
    return information_requests.ask(
        application=sent, rule="covered_condition", words="", by=ida, at=timezone.now()
    )


def chase(on, **options):
    call_command("chase_information_requests", on=on, **options)


def reminders():
    return Message.objects.filter(key="intake/information_reminder").count()


@pytest.mark.parametrize(("days_before", "count"), [(11, 0), (10, 1), (1, 1), (0, 1), (-1, 0)])
def test_a_family_is_reminded_in_the_last_ten_days(request_, days_before, count):
    chase(request_.due_on - timedelta(days=days_before))
    assert reminders() == count


def test_a_second_run_reminds_nobody_again(request_):
    chase(request_.due_on - timedelta(days=5))
    chase(request_.due_on - timedelta(days=4))
    assert reminders() == 1


def test_a_dry_run_counts_and_changes_nothing(request_, capsys):
    chase(request_.due_on - timedelta(days=5), dry_run=True)
    assert "nm-cms: 1 families reminded" in capsys.readouterr().out
    assert reminders() == 0


def test_who_answered_is_not_reminded(request_, rosa):
    information_requests.answer(
        request=request_, words="Lost.", files=[], by=rosa.user, at=timezone.now()
    )
    chase(request_.due_on - timedelta(days=5))
    assert reminders() == 0


def test_after_its_day_a_worker_is_asked_to_call_and_nothing_closes(request_):
    for _again in range(2):
        chase(request_.due_on + timedelta(days=1))
    assert Task.objects.filter(kind="close_request").count() == 1
    request_.refresh_from_db()
    assert request_.state == RequestState.OPEN


def test_a_quiet_draft_is_remembered_once(rosa, ida):
    start(rosa)
    for days in (13, 14, 15):
        call_command("remind_drafts", on=today(NM) + timedelta(days=days))
    assert Message.objects.filter(key="intake/draft_reminder").count() == 1
