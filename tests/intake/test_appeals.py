"""Asking for a review of a refusal: its days, its moves, and that nothing sent is lost."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cms_portal import programs
from cms_portal.audit.tracking import save_tracked
from cms_portal.notifications.models import Message
from cms_portal.work.models import Task
from eligibility.models import Outcome, ServiceDecision
from intake.actions import appeal_reviews, appeals
from intake.appeal_states import FINAL, MOVES, AppealState
from intake.appealing import refusals_of
from intake.models import (
    Appeal,
    AppealedService,
    AppealPart,
    Notice,
)
from intake.states import WrongMove
from tests.documents.files import photo, upload
from tests.factories.dates import NM, today
from tests.intake.refusing import (
    ask,
    letters,
    mailed,
    screen,
)


def test_every_state_has_a_way_out_or_is_named_final():
    assert {state for state, ways in MOVES.items() if not ways} == set(FINAL)
    assert set(MOVES) == set(AppealState)
    reached = {way for ways in MOVES.values() for way in ways} | {AppealState.REQUESTED}
    assert reached == set(AppealState)


def test_a_late_request_is_kept_and_needs_a_persons_reason(notice, rosa, prue):
    late = ask(mailed(notice, days_ago=60), rosa.user)

    assert late.is_late
    assert late.state == AppealState.REQUESTED
    with pytest.raises(appeal_reviews.SayWhy):
        screen(late, prue, is_timely=False)
    screen(late, prue, is_timely=False, words="The family was in the hospital.")
    assert Appeal.objects.get().state == AppealState.SCREENED


def test_who_took_part_turns_no_request_away(appeal, sam, prue):
    with pytest.raises(appeal_reviews.NotIndependent):
        screen(appeal, sam, takes_up=False, words="Too late.")

    closed = screen(appeal, prue, takes_up=False, words="It asks about another program.")

    assert closed.state == AppealState.CLOSED
    assert "another program" in letters(closed, "not_taken_up")[0].text


def test_two_requests_about_one_notice_are_one(notice, rosa):
    first = ask(notice, rosa.user)
    again = ask(notice, rosa.user, narrative="And my hours were cut.", files=[upload(photo())])

    assert again == first
    part = AppealPart.objects.get()
    assert (part.words, part.appeal) == ("And my hours were cut.", first)
    assert part.document is not None


def test_a_second_tab_with_another_service_adds_it(notice, rosa):
    keys = [one.pk for one in refusals_of(notice)]
    ask(notice, rosa.user, services=keys[:1])
    ask(notice, rosa.user, services=keys)

    assert set(AppealedService.objects.values_list("decision", flat=True)) == set(keys)


def test_the_database_keeps_one_open_review_of_a_notice(appeal, rosa):
    again = Appeal(
        **{
            field.attname: getattr(appeal, field.attname)
            for field in Appeal._meta.concrete_fields
            if field.name not in ("id", "number")
        }
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        save_tracked(again, by=rosa.user, reason="a bug")


def test_only_what_this_notice_refused_is_looked_at(notice, rosa):
    granted = ServiceDecision.objects.filter(
        notice_line__notice=notice, outcome=Outcome.AVAILABLE
    ).first()
    with pytest.raises(appeals.NothingToReview):
        ask(notice, rosa.user, services=[granted.pk])


@pytest.mark.parametrize(
    ("mailed_on", "postmark", "is_late"),
    [
        (date(2026, 3, 2), date(2026, 4, 1), False),  # the thirtieth day
        (date(2026, 3, 2), date(2026, 4, 2), True),  # the thirty-first
        # The thirtieth day is 25 December, a Friday and a holiday: Monday still counts.
        (date(2026, 11, 25), date(2026, 12, 28), False),
        (date(2026, 11, 25), date(2026, 12, 29), True),
    ],
)
def test_the_postmark_counts_to_the_day(mailed_on, postmark, is_late):
    letter = Message(program=NM, channel="letter", state="sent", dated_on=mailed_on, reply_days=30)
    arrived = postmark + timedelta(days=9)
    asked = Appeal(notice=Notice(message=letter), received_on=arrived, postmarked_on=postmark)

    assert asked.is_late is is_late


def test_what_is_sent_before_midnight_in_santa_fe_counts_for_that_day(notice, rosa, signed_in):
    notice = mailed(notice)
    url = reverse("intake:appeal_ask", args=[notice.application.number, notice.pk])
    told = {"services": [one.pk for one in refusals_of(notice)], "name": "Rosa Baca"}
    told |= {"narrative": "We earn less now.", "address": "PO Box 12", "phones": "505-555-0134"}
    clock = programs.get(NM).timezone
    for late, hour, minute in ((False, 23, 59), (True, 24, 0)):
        moment = datetime.combine(notice.review_by, time(), clock)
        with time_machine.travel(moment + timedelta(hours=hour, minutes=minute), tick=False):
            signed_in(rosa.user).post(url, told)
            appeal = Appeal.objects.latest("pk")
            assert appeal.is_late is late
            appeals.withdraw(appeal=appeal, words="", by=rosa.user, at=timezone.now())


def test_a_letter_without_a_postmark_counts_from_arriving(notice, rosa):
    asked = ask(mailed(notice), rosa.user, channel="mail")
    assert asked.asked_on == asked.received_on


def test_a_notice_that_came_back_makes_nobody_late(notice, rosa):
    notice = mailed(notice, days_ago=60)
    late = ask(notice, rosa.user)
    assert late.is_late
    notice.message.state, notice.message.error_code = "returned", "returned_mail"
    save_tracked(notice.message, by=rosa.user, reason="came back")

    assert not Appeal.objects.get(pk=late.pk).is_late


def test_the_answer_is_due_sixty_days_after_it_arrived(notice, rosa):
    asked = ask(notice, rosa.user, received_on=today() - timedelta(days=3))
    assert asked.due_on == today() + timedelta(days=57)


def test_a_review_taken_back_is_over(appeal, rosa, prue):
    appeals.withdraw(appeal=appeal, words="", by=rosa.user, at=timezone.now())
    appeals.withdraw(appeal=appeal, words="", by=rosa.user, at=timezone.now())

    with pytest.raises(WrongMove):
        screen(appeal, prue)
    with pytest.raises(appeals.AppealOver):
        appeals.add(appeal=appeal, words="Wait.", files=[], by=rosa.user, at=timezone.now())


def test_after_taking_it_back_a_family_may_ask_again(appeal, notice, rosa):
    appeals.withdraw(appeal=appeal, words="", by=rosa.user, at=timezone.now())
    assert ask(notice, rosa.user) != appeal


def test_screening_does_the_task(appeal, prue):
    task = Task.objects.get(kind=appeals.SCREEN)
    assert "Baca" not in task.title + task.why
    screen(appeal, prue)
    task.refresh_from_db()
    assert task.done_by == prue


def test_the_days_of_new_mexico_are_no_default(appeal, prue, signed_in):
    assert "are a default" not in signed_in(prue).get(appeal.get_absolute_url()).content.decode()


def test_who_took_part_is_told_that_they_cannot_turn_it_away(appeal, sam, signed_in):
    no = {"is_timely": "yes", "is_complete": "yes", "takes_up": "no", "words": "No reasons."}
    signed_in(sam).post(reverse("intake:appeal_screen", args=[appeal.number]), no)

    appeal.refresh_from_db()
    assert appeal.state == AppealState.REQUESTED
