"""A committee without who decided before, its answer, and what becomes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms_portal import programs
from cms_portal.accounts.actions import grant_role
from cms_portal.audit.tracking import save_tracked
from eligibility.models import Outcome, ReasonCode
from intake.actions import appeal_decisions, appeal_reviews, appeals
from intake.appeal_states import AppealState
from intake.appealing import may_sit
from intake.models import (
    AppealedService,
    CommitteeSeat,
    EnrolledService,
    Notice,
    Status,
)
from intake.states import WrongMove
from tests.factories import StaffFactory, the_portal
from tests.factories.applications import start
from tests.factories.dates import NM, today
from tests.intake.refusing import (
    answer,
    answers,
    ask,
    hand_over,
    letters,
    screen,
    seat,
    with_committee,
)


def test_whoever_decided_or_countersigned_has_no_seat(appeal, ida, sam, prue, committee):
    for who in (ida, sam):
        grant_role(
            user=who, role="review-committee", program=NM, starts_on=today(), by=the_portal()
        )
    screen(appeal, prue)

    assert not {ida, sam} & set(may_sit(appeal))
    for who in (ida, sam):
        with pytest.raises(appeal_reviews.NotIndependent):
            seat(appeal, [*committee, who], prue)
    assert not CommitteeSeat.objects.exists()


def test_the_database_seats_nobody_who_took_part(appeal, ida, prue):
    row = CommitteeSeat(
        appeal=appeal,
        member=ida,
        took_part=appeal.took_part,
        named_by=prue,
        named_at=timezone.now(),
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        save_tracked(row, by=prue, reason="a bug")


def test_the_database_lets_nobody_sign_who_took_part(appeal, sam, prue, committee):
    with_committee(appeal, committee, prue)
    appeal.refresh_from_db()
    appeal.decided_by, appeal.decided_at, appeal.signed_name = sam, timezone.now(), "Sam"
    with pytest.raises(IntegrityError), transaction.atomic():
        save_tracked(appeal, by=sam, reason="a bug")


def test_nobody_without_the_role_is_named(appeal, prue, committee):
    screen(appeal, prue)
    with pytest.raises(appeal_reviews.NotIndependent):
        seat(appeal, [*committee, prue], prue)


def test_fewer_members_than_the_program_asks_for_are_no_committee(appeal, prue, committee):
    screen(appeal, prue)
    assert programs.get(NM).clock("review_committee_members") == 3
    with pytest.raises(appeal_reviews.TooFew):
        seat(appeal, committee[:2], prue)
    with pytest.raises(appeal_reviews.TooFew):
        hand_over(appeal, prue)


def test_who_has_no_seat_does_not_answer(appeal, prue, committee):
    with_committee(appeal, committee, prue)
    stranger = StaffFactory(role="review-committee", program=NM)
    with pytest.raises(appeal_reviews.NotIndependent):
        answer(appeal, stranger, "reversed")


def test_who_left_a_seat_does_not_answer(appeal, prue, committee):
    with_committee(appeal, committee, prue)
    other = StaffFactory(role="review-committee", program=NM)
    seat(appeal, [*committee[1:], other], prue)

    with pytest.raises(appeal_reviews.NotIndependent):
        answer(appeal, committee[0], "reversed")
    answer(appeal, other, "upheld")


def test_each_service_is_answered_with_reasons_and_signed(appeal, prue, committee):
    with_committee(appeal, committee, prue)
    some = dict(list(answers(appeal, "upheld").items())[1:])
    told = {"words": "", "facts_used": "", "papers": [], "by": committee[0], "at": timezone.now()}
    with pytest.raises(appeal_decisions.NotAnswered), transaction.atomic():
        appeal_decisions.decide(appeal=appeal, answers=some, signed_name="Ruth", **told)
    with pytest.raises(appeal_decisions.NotAnswered), transaction.atomic():
        appeal_decisions.decide(
            appeal=appeal, answers=answers(appeal, "upheld"), signed_name=" ", **told
        )
    appeal.refresh_from_db()
    assert appeal.state == AppealState.UNDER_REVIEW


def test_what_was_answered_once_is_not_asked_again(appeal, notice, rosa, prue, committee):
    with_committee(appeal, committee, prue)
    answer(appeal, committee[0], "upheld")

    with pytest.raises(appeals.NothingToReview):
        ask(notice, rosa.user, services=[row.decision_id for row in appeal.services.all()])


def test_more_is_asked_for_and_a_late_answer_is_kept_as_late(appeal, rosa, prue, committee):
    with_committee(appeal, committee, prue)
    question = appeal_reviews.ask_family(
        appeal=appeal,
        words="The last pay stub.",
        due_on=today() - timedelta(days=1),
        by=committee[0],
        at=timezone.now(),
    )
    part = appeals.add(
        appeal=appeal, words="Here it is.", files=[], by=rosa.user, at=timezone.now()
    )

    assert part.question == question
    assert part.is_late
    assert "The last pay stub." in letters(appeal, "more_asked")[0].text
    assert hand_over(appeal, committee[0]).state == AppealState.UNDER_REVIEW
    assert appeal.packs.count() == 2


def test_upheld_changes_nothing_but_the_review(appeal, application, prue, committee):
    with_committee(appeal, committee, prue)
    decided = answer(appeal, committee[0], "upheld")

    application.refresh_from_db()
    assert (decided.state, application.status) == (AppealState.DECIDED, Status.DECIDED)
    assert Notice.objects.count() == 1
    assert not EnrolledService.objects.filter(
        service__in=[row.decision.service for row in appeal.services.all()]
    ).exists()


def test_reversed_is_granted_told_and_enrolled(appeal, application, prue, committee):
    with_committee(appeal, committee, prue)
    services = list(appeal.services.all())
    said = ["reversed", *["upheld"] * (len(services) - 1)]
    decided = answer(appeal, committee[0], *said)

    first = AppealedService.objects.get(pk=services[0].pk)
    granted = first.granted
    assert (granted.outcome, granted.reason_code) == (Outcome.AVAILABLE, ReasonCode.REVIEW)
    assert (granted.decided_by, granted.replaces) == (committee[0], first.decision)
    assert granted.is_final
    assert granted.notice_line.notice != appeal.notice
    assert EnrolledService.objects.filter(service=granted.service, decision=granted).exists()
    application.refresh_from_db()
    assert application.status == Status.DECIDED
    assert decided.outcome_words == ("Changed in part" if len(said) > 1 else decided.outcome_words)


def test_the_letter_says_what_was_decided_why_and_that_it_is_final(appeal, prue, committee):
    with_committee(appeal, committee, prue)
    answer(appeal, committee[0], "upheld", facts_used="Income of $2,500 a month.")

    text = letters(appeal, "decided")[0].text
    for told in ("under the line", "$2,500", committee[0].name, "last word of our agency"):
        assert told in text


def test_a_newer_application_keeps_no_yes_waiting(appeal, application, rosa, prue, committee):
    newer = start(rosa)
    with_committee(appeal, committee, prue)
    answer(appeal, committee[0], "reversed")

    assert all(row.granted for row in appeal.services.filter(answer="reversed"))
    assert Notice.objects.count() == 2
    newer.refresh_from_db()
    assert newer.is_draft
    closed = appeal_decisions.close(appeal=appeal, by=prue, at=timezone.now())
    assert closed.state == AppealState.CLOSED


def test_the_second_of_two_members_is_told_that_it_is_decided(appeal, prue, committee):
    with_committee(appeal, committee, prue)
    answer(appeal, committee[0], "reversed")
    with pytest.raises(WrongMove):
        answer(appeal, committee[1], "upheld")
