"""From the first try to the end of a referral, and what its receipt says on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cms_portal import programs
from cms_portal.access.models import AccessLink
from cms_portal.notifications.models import Message
from cms_portal.work.models import Task
from intake import news, no_contact
from intake.actions import referral_moves, referrals
from intake.models import AddedNumber, ContactChannel, ContactOutcome, Referral
from intake.referral_receipts import Told, told_to_referrer
from intake.referral_states import FINAL, MOVES, CloseReason, ReferralStatus
from intake.states import WrongMove
from tests.factories import ChildFactory, the_portal
from tests.factories.applications import start
from tests.factories.dates import MS, NM
from tests.intake.referring import MONDAY, another, refer

S = ReferralStatus
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def referral(office, ida):
    return refer(office.county, news_by="email")


def try_to_reach(
    referral, ida, *, channel=ContactChannel.CALL, outcome=ContactOutcome.NO_ANSWER, at=LATER
):
    return referral_moves.log_attempt(
        referral=referral,
        channel=channel,
        outcome=outcome,
        reached="Elena" if outcome == ContactOutcome.REACHED else "",
        note="",
        by=ida,
        at=at,
    )


def reach(referral, ida, at=LATER):
    return try_to_reach(referral, ida, outcome=ContactOutcome.REACHED, at=at)


def close(referral, ida, reason=CloseReason.DECLINED, words="", at=LATER):
    return referral_moves.close(referral=referral, reason=reason, words=words, by=ida, at=at)


def receipt_of(referral):
    return told_to_referrer(Referral.objects.get(pk=referral.pk))


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


# Joined: one child, several who refer.


@pytest.mark.parametrize(
    "told",
    [
        {"phone": "+15055550000"},
        {"first_name": "MARISOL", "phone": "+15055550000"},
        {"first_name": "Prueba", "last_name": "Marisol", "phone": "+15055550000"},
        {"last_name": "Gómez", "born_on": None, "age": 9},
        {"phone": "", "other_phone": "+15055550122", "born_on": None, "age": 8},
    ],
)
def test_the_same_child_by_name_and_birthday_or_by_phone_and_name_is_joined(referral, office, told):
    assert refer(office.county, at=LATER, **told).joined_to == referral


@pytest.mark.parametrize(
    "told",
    [
        {"first_name": "Twin", "last_name": "Prueba"},
        {"phone": "+15055550000", "born_on": None, "age": 9},
        {"phone": "+15055550000", "first_name": "Marisa"},
    ],
)
def test_a_brother_with_the_same_phone_or_a_child_of_the_same_name_is_not(referral, office, told):
    assert refer(office.county, at=LATER, **told).joined_to is None


def test_a_referral_that_is_over_or_of_the_other_program_is_not_joined_to(
    referral, office, mississippi, ida
):
    _family, jackson = mississippi
    assert refer(jackson.county, program=MS, at=LATER).joined_to is None

    close(referral, ida)
    assert refer(office.county, at=LATER).joined_to is None


def test_the_receipt_of_a_joined_one_hides_what_was_before_and_tells_what_comes(
    referral, office, ida
):
    try_to_reach(referral, ida, at=MONDAY)
    joined = refer(office.county, at=LATER, news_by="email")
    assert receipt_of(joined) == Told.RECEIVED

    try_to_reach(referral, ida, at=LATER + timedelta(hours=1))
    assert receipt_of(joined) == Told.NOT_REACHED

    before = Message.objects.count()
    reach(referral, ida, at=LATER + timedelta(hours=2))
    assert receipt_of(joined) == Told.REACHED
    assert Message.objects.count() == before + 2


def test_one_joined_after_the_family_was_reached_says_only_that_it_came(referral, office, ida):
    reach(referral, ida, at=MONDAY)

    assert receipt_of(refer(office.county, at=LATER)) == Told.RECEIVED


def test_an_urgent_one_makes_the_one_it_is_joined_to_urgent(referral, office):
    joined = refer(office.county, at=LATER, urgency="medicine")

    referral.refresh_from_db()
    contact = Task.objects.open().get(kind="intake.contact")
    assert (referral.urgency, referral.due_on) == ("medicine", joined.due_on)
    assert (contact.about, contact.is_urgent, contact.due_on) == (referral, True, joined.due_on)


def test_workers_who_join_two_both_ways_join_one(referral, office, ida):
    other = another(office.county, 1)
    referrals.join(referral=other, to=referral, by=ida, at=LATER)

    with pytest.raises(WrongMove):
        referrals.join(referral=referral, to=other, by=ida, at=LATER)
    with pytest.raises(WrongMove):
        referrals.join(referral=referral, to=referral, by=ida, at=LATER)


def test_what_was_joined_to_a_joined_one_goes_along(referral, office, ida):
    other = another(office.county, 1)
    third = another(office.county, 1, at=LATER)
    referrals.join(referral=other, to=referral, by=ida, at=LATER)

    third.refresh_from_db()
    assert third.joined_to == referral


# The receipt's page.


@pytest.fixture
def receipt(referral):
    token = news.make_link(referral, by=the_portal(), at=MONDAY + timedelta(days=3650))
    return reverse("intake:referral_receipt", args=[token])


def test_a_receipt_says_nothing_more(client, referral, receipt, ida):
    for act in (lambda: None, lambda: try_to_reach(referral, ida), lambda: reach(referral, ida)):
        act()
        response = client.get(receipt)
        page = response.content.decode()
        assert str(receipt_of(referral).label) in page
        for told in ("Marisol", "Elena", "0122", "regular doctor", "Ida", "Nina"):
            assert told not in page
        assert response["X-Robots-Tag"] == "noindex"


def test_a_wrong_link_is_a_page_that_does_not_exist(client, receipt):
    for wrong in ("0" * 26, "%00", "x" * 3000):
        assert client.get(f"/referral-receipt/{wrong}/").status_code == 404


def test_another_number_is_asked_for_only_while_the_family_is_not_reached(
    client, referral, receipt, ida
):
    number = {"phone": "505-555-0144"}
    assert "another number" not in client.get(receipt).content.decode()

    try_to_reach(referral, ida)
    assert "another number" in client.get(receipt).content.decode()
    assert client.post(receipt, {"phone": "12"}).status_code == 422
    for _twice in range(2):
        assert client.post(receipt, number).status_code == 302
    assert AddedNumber.objects.count() == 1
    assert Task.objects.open().filter(kind=referrals.NEW_NUMBER, owner=ida).count() == 1

    reach(referral, ida)
    client.post(receipt, {"phone": "505-555-0145"})
    assert AddedNumber.objects.count() == 1


def test_nobody_fills_a_referral_with_numbers(client, referral, receipt, ida):
    try_to_reach(referral, ida)
    for number in range(8):
        client.post(receipt, {"phone": f"505-555-01{number}9"})

    assert AddedNumber.objects.count() == referrals.MOST_NUMBERS


def test_a_receipt_ends_when_the_program_says(receipt):
    lasts = programs.get(NM).clock("referral_receipt_days")

    assert AccessLink.objects.get().expires_at == MONDAY + timedelta(days=3650 + lasts)
