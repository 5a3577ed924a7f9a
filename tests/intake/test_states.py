"""Every state has a way out, or is named final; no other way to change it is left."""

import pytest
from django.utils import timezone

from intake.states import FINAL, MOVES, Status, WrongMove
from tests.factories.applications import SentApplicationFactory, start


def test_every_state_has_a_way_out_or_is_final():
    assert set(MOVES) == set(Status)
    assert {status for status, moves in MOVES.items() if not moves} == set(FINAL)


def test_every_state_can_be_reached():
    reached = {Status.DRAFT} | {status for moves in MOVES.values() for status in moves}

    assert reached == set(Status)


@pytest.mark.parametrize("status", [Status.DECIDED, Status.IN_REVIEW])
def test_a_draft_is_not_decided(rosa, status):
    with pytest.raises(WrongMove):
        start(rosa).move_to(status, by=rosa.user, at=timezone.now(), reason="a shortcut")


def test_a_sent_application_does_not_become_a_draft_again(rosa):
    application = SentApplicationFactory(family=rosa)

    with pytest.raises(WrongMove):
        application.move_to(Status.DRAFT, by=rosa.user, at=timezone.now(), reason="back")
