"""Two people at one pair of records, at the same moment."""

from __future__ import annotations

import threading
from functools import partial

import pytest
from django.db import transaction

from cms_portal.families import actions
from cms_portal.families.actions.following import pointers
from cms_portal.families.models import Authority, Child, Merge
from tests.factories import HouseholdFactory, StaffFactory
from tests.factories.dates import days_from_today
from tests.families.merging import join, twice
from tests.reliability.at_once import in_threads

pytestmark = pytest.mark.django_db(transaction=True)


def at_the_same_moment(*works):
    start = threading.Barrier(len(works))

    def one(work):
        start.wait(30)
        try:
            return work()
        except actions.NotAllowedHere as why:
            return str(why)

    return in_threads(one, works, threads=len(works))


def test_two_people_join_one_pair_and_one_of_them_does_it(office):
    ida, otto = (StaffFactory(office=office) for _n in range(2))
    for _round in range(5):
        pair = twice(office)
        other_way = partial(
            actions.propose_merge, winner=pair.loser, loser=pair.winner, by=otto, reason="same"
        )

        answers = at_the_same_moment(partial(join, pair, ida), other_way)

        assert sorted(isinstance(one, Merge) for one in answers) == [False, True]
        assert Merge.objects.of_pair(pair.winner, pair.loser).in_force().count() == 1
        merged = Child.objects.filter(pk__in=[pair.winner.pk, pair.loser.pk])
        assert merged.not_merged().count() == 1


def test_what_is_recorded_while_two_records_are_joined_follows_or_is_refused(office):
    ida, otto = (StaffFactory(office=office) for _n in range(2))
    for _round in range(5):
        pair, home = twice(office), HouseholdFactory()
        place = partial(
            actions.place_child,
            child=pair.loser,
            household=home,
            starts_on=days_from_today(0),
            by=otto,
        )
        edit = partial(actions.change_child, child=pair.loser, by=otto, reason="x", tribe="Zia")

        joined, placed, _edited = at_the_same_moment(partial(join, pair, ida), place, edit)

        assert isinstance(joined, Merge)
        assert [str(one) for one in pointers() if one.rows(pair.loser).exists()] == []
        at_home = pair.winner.memberships.filter(household=home).exists()
        assert at_home != isinstance(placed, str)


def test_a_row_that_somebody_is_changing_makes_the_merge_wait_for_another_day(office, ida):
    pair = twice(office)
    held, over = threading.Event(), threading.Event()

    def change(_none):
        with transaction.atomic():
            list(Authority.objects.select_for_update().filter(child=pair.loser))
            held.set()
            over.wait(30)

    def attempt(_none):
        held.wait(30)
        try:
            with pytest.raises(actions.NotAllowedHere, match="Try again"):
                join(pair, ida)
        finally:
            over.set()

    in_threads(lambda work: work(None), [change, attempt], threads=2)
    assert not Merge.objects.exists()
    assert join(pair, ida).is_in_force
