"""From the first try to the end of a referral, and what its receipt says on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cms_portal import programs
from cms_portal.notifications.models import Message
from cms_portal.work.models import Task
from intake import no_contact
from intake.actions import referral_moves
from intake.models import ContactChannel, Referral
from intake.referral_receipts import Told
from intake.referral_states import FINAL, MOVES, CloseReason, ReferralStatus
from intake.states import WrongMove
from tests.factories import ChildFactory
from tests.factories.applications import start
from tests.factories.dates import MS, NM
from tests.intake.referring import (
    LATER,
    MONDAY,
    another,
    close,
    reach,
    receipt_of,
    refer,
    try_to_reach,
)

S = ReferralStatus


@pytest.fixture
def referral(office, ida):
    return refer(office.county, news_by="email")


def test_every_state_has_a_way_out_or_is_final():
    assert set(MOVES) == set(S)
    assert {status for status, moves in MOVES.items() if not moves} == set(FINAL)


def test_every_state_can_be_reached():
    assert {S.RECEIVED} | {status for moves in MOVES.values() for status in moves} == set(S)


def test_the_table_of_moves_as_it_is_drawn():
    drawn = {str(status.value): sorted(map(str, moves)) for status, moves in MOVES.items()}
    ends = ["already_served", "closed", "not_ours"]

    assert drawn == {
        "received": sorted([*ends, "joined", "reached", "trying"]),
        "trying": sorted([*ends, "joined", "reached"]),
        "reached": ends,
        "joined": [],
        "already_served": [],
        "not_ours": [],
        "closed": [],
    }


@pytest.mark.parametrize("status", [S.RECEIVED, S.TRYING, S.REACHED])
def test_what_is_over_does_not_begin_again(referral, ida, status):
    close(referral, ida)
    referral.refresh_from_db()

    with pytest.raises(WrongMove):
        referral.move_to(status, by=ida, at=LATER, reason="a shortcut")
    with pytest.raises(WrongMove):
        try_to_reach(referral, ida)


def test_a_try_that_fails_says_so_and_one_that_succeeds_ends_the_task(referral, ida):
    try_to_reach(referral, ida)
    assert receipt_of(referral) == Told.NOT_REACHED
    assert Task.objects.open().exists()

    reach(referral, ida)
    assert receipt_of(referral) == Told.REACHED
    assert not Task.objects.open().exists()


def test_who_was_reached_has_a_name(referral, ida):
    with pytest.raises(IntegrityError, match="has_a_name"), transaction.atomic():
        referral_moves.log_attempt(
            referral=referral,
            channel="call",
            outcome="reached",
            reached="",
            note="",
            by=ida,
            at=LATER,
        )


def test_that_the_child_is_with_us_is_told_only_if_the_family_agreed(office, ida):
    child = ChildFactory()
    for number, (may, told) in enumerate([(True, Told.WITH_US), (False, Told.CLOSED)]):
        referral = another(office.county, number, may_tell_referrer=may)
        referral_moves.already_served(referral=referral, child=child, by=ida, at=LATER)
        assert receipt_of(referral) == told


def test_a_newborn_program_that_asked_nobody_is_not_told_that_the_child_is_with_us(office, ida):
    asked_nobody = {"agreed_by": "", "agreed_words": "", "agreed_on": None}
    referral = another(office.county, 1, source="hearing", may_tell_referrer=True, **asked_nobody)
    referral_moves.already_served(referral=referral, child=ChildFactory(), by=ida, at=LATER)

    assert receipt_of(referral) == Told.CLOSED


def test_a_child_of_the_other_program_is_not_this_one(referral, ida):
    child = ChildFactory(household__program=MS)

    with pytest.raises(WrongMove):
        referral_moves.already_served(referral=referral, child=child, by=ida, at=LATER)


def test_not_ours_says_to_whom_and_closed_says_why(office, ida):
    passed = referral_moves.pass_on(
        referral=another(office.county, 1), to="Family Infant Toddler", by=ida, at=LATER
    )
    closed = close(another(office.county, 2), ida, CloseReason.OTHER, "Sent to learn the form.")

    assert (receipt_of(passed), passed.passed_on_to) == (Told.PASSED_ON, "Family Infant Toddler")
    assert (receipt_of(closed), closed.close_reason) == (Told.CLOSED, "other")


def test_the_database_refuses_an_end_that_nobody_explained(referral, ida):
    with pytest.raises(IntegrityError, match="says_why"), transaction.atomic():
        referral.move_to(S.CLOSED, by=ida, at=LATER, reason="closed")


def test_a_family_not_reached_is_closed_only_after_the_whole_rule(referral, ida):
    program = programs.get(NM)
    tries = [
        (ContactChannel.CALL, 0, 0),
        (ContactChannel.CALL, 1, -4),
        (ContactChannel.TEXT, 2, 0),
        (ContactChannel.LETTER, 2, 1),
        (ContactChannel.DOCTOR, 9, 0),
    ]
    done = []
    for channel, days, hours in tries:
        with pytest.raises(referral_moves.TriedTooLittle):
            close(referral, ida, CloseReason.NO_CONTACT)
        at = MONDAY + timedelta(days=days, hours=hours)
        try_to_reach(referral, ida, channel=channel, at=at)
        steps = no_contact.steps(referral.attempts.all(), program)
        done.append(sum(step.is_done for step in steps))
    assert done == [0, 1, 3, 4, 5]

    assert close(referral, ida, CloseReason.NO_CONTACT).status == S.CLOSED


def test_three_calls_on_one_day_are_not_three_days(referral, ida):
    for hours in (0, 1, 2):
        try_to_reach(referral, ida, at=MONDAY + timedelta(hours=hours))

    steps = no_contact.steps(referral.attempts.all(), programs.get(NM))
    assert steps[0].words == "Tried on 1 of 3 days"


def test_the_application_that_began_with_it_is_remembered(referral, rosa, ida):
    application = start(rosa)
    referral_moves.take_up(referral=referral, application=application, by=ida, at=LATER)

    referral.refresh_from_db()
    assert (referral.status, referral.child) == (S.REACHED, rosa.child)
    assert list(application.referrals.all()) == [referral]
    assert referral not in Referral.objects.in_work()


def test_who_wants_news_is_told_that_there_is_some_and_not_which(referral, ida):
    reach(referral, ida)
    close(referral, ida, CloseReason.DIED, "A health detail.")

    first, second = Message.objects.order_by("pk")
    assert first.key == second.key == "intake/referral_news"
    for message in (first, second):
        words = f"{message.title} {message.text} {message.subject} {message.body}"
        for told in ("Marisol", "Prueba", "reached", "closed", "died", "health detail"):
            assert told not in words
        assert message.secret not in message.body


def test_who_wants_no_news_gets_none(office, ida):
    reach(refer(office.county), ida)

    assert not Message.objects.exists()
