"""A call about what cannot wait that reached nobody is written down, and the need stays on top."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms_portal.audit.timeline import entries
from cms_portal.work.models import Task
from intake.actions import urgent_needs
from intake.models import MissedCall
from intake.no_contact import tries_for
from intake.views.history import _rows
from tests.factories import StaffFactory
from tests.factories.applications import start

MISSED = {"phone": "505-555-0134", "outcome": "no_answer", "next_step": "I call again at three."}


@pytest.fixture
def need(rosa, ida):
    return urgent_needs.tell(
        application=start(rosa),
        kinds=["medicine"],
        phone="+15055550134",
        may_leave_message=False,
        by=rosa.user,
        at=timezone.now(),
    )


@pytest.fixture
def page(need):
    return reverse("intake:missed_call", args=[need.pk])


def note(need, by, *, at=None, next_step="Again at three."):
    return urgent_needs.note_missed_call(
        need=need,
        phone="+15055550134",
        outcome="no_answer",
        next_step=next_step,
        by=by,
        at=at or timezone.now(),
    )


def test_a_worker_of_another_office_does_not_reach_it(page, signed_in):
    stranger = signed_in(StaffFactory(role="intake-worker"))

    assert stranger.post(page, MISSED).status_code == 404
    assert not MissedCall.objects.exists()


def test_the_family_cannot_write_one(page, rosa, signed_in):
    assert signed_in(rosa.user).post(page, MISSED).status_code in (403, 404)
    assert not MissedCall.objects.exists()


@pytest.mark.parametrize("missing", MISSED)
def test_a_call_without_its_number_outcome_or_next_step_is_refused(page, ida, signed_in, missing):
    sent = {name: value for name, value in MISSED.items() if name != missing}

    assert signed_in(ida).post(page, sent).status_code == 422
    assert not MissedCall.objects.exists()


def test_a_call_that_reached_somebody_is_no_missed_call(page, ida, signed_in):
    assert signed_in(ida).post(page, MISSED | {"outcome": "reached"}).status_code == 422


def test_after_somebody_spoke_with_them_nothing_is_added(need, page, ida, signed_in):
    urgent_needs.answer(need=need, spoke_with="Rosa", done="", by=ida, at=timezone.now())

    answer = signed_in(ida).post(page, MISSED, follow=True)

    assert "Somebody spoke with the family meanwhile." in answer.content.decode()
    assert not MissedCall.objects.exists()


def test_the_same_call_sent_from_two_tabs_is_kept_once(page, ida, signed_in):
    for _tab in range(2):
        assert signed_in(ida).post(page, MISSED).status_code == 302
    assert MissedCall.objects.count() == 1


def test_two_workers_who_both_called_are_both_kept(need, ida, sam):
    note(need, ida)
    note(need, sam)
    assert MissedCall.objects.count() == 2


def test_the_page_says_who_called_which_number_and_what_is_next(page, need, ida, signed_in):
    shown = signed_in(ida).post(page, MISSED, follow=True).content.decode()

    for part in ("Ida Romero", "(505) 555-0134", "No answer", "I call again at three."):
        assert part in shown
    assert f'action="{page}"' in shown  # the next try is as near


def test_the_need_and_its_task_stay_open_and_on_top(page, need, ida, signed_in):
    browser = signed_in(ida)
    browser.post(page, MISSED)

    queue = browser.get(reverse("intake:queue")).content.decode()

    assert Task.objects.open().about(need).get().is_urgent
    assert queue.index(need.get_absolute_url()) < queue.index("No application waits")
    assert "Tried 1 time, last" in queue


def test_a_second_try_is_kept_beside_the_first(need, ida):
    note(need, ida)
    note(need, ida, at=timezone.now() + timedelta(hours=1))
    assert need.missed_calls.count() == 2


def test_the_history_tells_it_in_a_sentence(need, ida, sam):
    note(need, ida)

    sentences = [entry.sentence for entry in entries(_rows(need.application), sam)]

    assert (
        "Ida Romero called (505) 555-0134 and did not reach the family. No answer. "
        "Next: Again at three." in sentences
    )


def test_it_counts_as_a_try_until_somebody_speaks_with_them(need, ida):
    note(need, ida)
    assert len(tries_for(need.application)) == 1

    urgent_needs.answer(need=need, spoke_with="Rosa", done="", by=ida, at=timezone.now())
    assert tries_for(need.application) == []


def test_the_queue_asks_the_database_no_more_for_more_tries(need, ida, signed_in):
    browser = signed_in(ida)
    browser.get(reverse("intake:queue"))
    note(need, ida)
    with CaptureQueriesContext(connection) as one:
        browser.get(reverse("intake:queue"))
    for hour in range(1, 5):
        note(need, ida, at=timezone.now() + timedelta(hours=hour))
    with CaptureQueriesContext(connection) as more:
        browser.get(reverse("intake:queue"))
    assert len(more) == len(one)


def test_the_database_refuses_one_that_reached_somebody(need, ida):
    call = note(need, ida)
    again = MissedCall(need=need, at=call.at, by=ida, phone=call.phone, outcome="reached")

    with pytest.raises(IntegrityError, match="missed_call_reached_nobody"), transaction.atomic():
        again.save()
