"""A death is written down before records are joined: none is lost in it, and none falls on the living."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cms_portal.families import actions as families
from cms_portal.families.actions import NotAllowedHere
from intake.actions import deaths
from intake.models import Death
from tests.factories.dates import NM, today
from tests.families.merging import join, twice


@pytest.fixture
def pair(office, ida):
    return twice(office)


def die(child, by):
    return deaths.record_death(
        child=child, died_on=today(NM), told_by="Rosa Baca", by=by, at=timezone.now()
    )


@pytest.mark.parametrize("who", ["winner", "loser"])
def test_a_record_of_the_dead_is_not_joined_with_one_of_the_living(pair, sam, ida, who):
    die(getattr(pair, who), ida)

    with pytest.raises(NotAllowedHere) as refusal:
        join(pair, sam)
    assert "child died" in str(refusal.value)


def test_nor_where_the_death_came_after_the_proposal(pair, sam, prue, ida):
    merge = join(pair, sam, needs_second=True)
    die(pair.loser, ida)

    with pytest.raises(NotAllowedHere):
        families.confirm_merge(merge=merge, by=prue)


def test_where_it_stands_on_both_it_stands_once_afterwards_and_twice_again_when_undone(
    pair, sam, ida
):
    of_winner, of_loser = die(pair.winner, ida), die(pair.loser, ida)
    pair.winner.refresh_from_db()
    pair.loser.refresh_from_db()

    merge = join(pair, sam)
    assert list(Death.objects.standing()) == [of_winner]
    of_loser.refresh_from_db()
    assert of_loser.child == pair.winner

    families.undo_merge(merge=merge, by=sam, reason="two children after all")
    assert set(Death.objects.standing()) == {of_winner, of_loser}
