"""Who left the agency, or lost the role, is no member of a committee any more."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms_portal.accounts.actions import end_employment
from intake.actions import appeal_reviews
from intake.appeal_states import AppealState
from tests.factories import StaffFactory
from tests.factories.dates import NM, today
from tests.intake.refusing import answer, hand_over, screen, seat, with_committee


@pytest.fixture
def one_left(appeal, prue, committee):
    """A review before a committee of three, one of whom then left the agency."""
    with_committee(appeal, committee, prue)
    end_employment(user=committee[2], on=today(), by=prue, reason="left")
    appeal.refresh_from_db()
    return appeal


def test_those_who_stay_do_not_answer_alone(one_left, committee):
    with pytest.raises(appeal_reviews.TooFew):
        answer(one_left, committee[0], "reversed")
    one_left.refresh_from_db()
    assert one_left.state == AppealState.UNDER_REVIEW


def test_nor_are_they_given_the_papers(appeal, prue, committee):
    screen(appeal, prue)
    seat(appeal, committee, prue)
    end_employment(user=committee[2], on=today(), by=prue, reason="left")

    with pytest.raises(appeal_reviews.TooFew):
        hand_over(appeal, prue)


def test_who_signs_is_told_that_a_member_is_missing(one_left, committee, signed_in):
    (first, *_others) = one_left.services.all()
    each = {
        f"service-{one.pk}-{name}": value
        for one in one_left.services.all()
        for name, value in (("answer", "upheld"), ("reasons", "It stays."))
    }
    sent = {
        "words": "",
        "facts_used": "The pay stubs.",
        "signed_name": "Ruth Salas",
        "agrees": "on",
    }

    page = signed_in(committee[0]).post(
        reverse("intake:appeal_answer", args=[one_left.number]), each | sent, follow=True
    )

    assert page.status_code == 200
    assert "more members" in page.content.decode()
    assert first.answer == ""


def test_with_somebody_else_in_their_place_they_answer(one_left, prue, committee):
    other = StaffFactory(role="review-committee", program=NM)
    seat(one_left, [*committee[:2], other], prue)

    assert answer(one_left, committee[0], "upheld").state == AppealState.DECIDED
