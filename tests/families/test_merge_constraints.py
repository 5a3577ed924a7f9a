"""The database refuses pairs and merges that mean nothing: each rule is broken by raw SQL."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cms_portal.audit.tracking import save_tracked
from cms_portal.families import actions
from cms_portal.families.models import Merge, NotTheSame
from tests.factories import ChildFactory, StaffFactory, the_portal

pytestmark = pytest.mark.django_db


def a_mark():
    return actions.tell_apart(
        one=ChildFactory(), other=ChildFactory(), kind=NotTheSame.Kind.TWINS, by=the_portal()
    )


def a_merge(**facts):
    ida = StaffFactory()
    merge = Merge(
        winner=ChildFactory(),
        loser=ChildFactory(),
        program="nm-cms",
        reason="the same child",
        proposed_by=ida,
        proposed_at=timezone.now(),
        **facts,
    )
    return save_tracked(merge, by=ida, reason="proposed")


def a_merge_that_was_done(**facts):
    return a_merge(done_by=StaffFactory(), done_at=timezone.now(), **facts)


COLUMNS = "winner_id, loser_id, program, kept_from_loser, reason, needs_second, proposed_by_id"
COLUMNS += ", proposed_at, done_by_id, done_at"
SET_MERGE, SET_MARK = "UPDATE families_merge SET ", "UPDATE families_notthesame SET "
# constraint → (how to make a row, how to break it)
BROKEN = {
    "child_not_merged_into_itself": (
        ChildFactory,
        "UPDATE families_child SET merged_into_id = id WHERE id = %s",
    ),
    "one_mark_of_a_pair": (
        a_mark,
        "INSERT INTO families_notthesame (first_id, second_id, program, kind, reason, said_by_id, said_at)"
        " SELECT first_id, second_id, program, kind, reason, said_by_id, said_at"
        " FROM families_notthesame WHERE id = %s",
    ),
    "mark_names_two_children_in_order": (a_mark, f"{SET_MARK} second_id = first_id WHERE id = %s"),
    "mark_taken_back_by_somebody": (a_mark, f"{SET_MARK} taken_back_at = now() WHERE id = %s"),
    "merge_is_of_two_children": (a_merge, f"{SET_MERGE} loser_id = winner_id WHERE id = %s"),
    "merge_done_by_somebody": (a_merge, f"{SET_MERGE} done_at = now() WHERE id = %s"),
    "merge_declined_by_somebody": (a_merge, f"{SET_MERGE} declined_at = now() WHERE id = %s"),
    "merge_undone_by_somebody": (
        a_merge_that_was_done,
        f"{SET_MERGE} undone_at = now() WHERE id = %s",
    ),
    "merge_done_or_declined": (
        a_merge_that_was_done,
        f"{SET_MERGE} declined_at = now(), declined_by_id = done_by_id WHERE id = %s",
    ),
    "merge_undone_after_it_was_done": (
        a_merge,
        f"{SET_MERGE} undone_at = now(), undone_by_id = proposed_by_id WHERE id = %s",
    ),
    "merge_confirmed_by_another": (
        lambda: a_merge(needs_second=True),
        f"{SET_MERGE} done_at = now(), done_by_id = proposed_by_id WHERE id = %s",
    ),
    "merged_away_once": (
        a_merge_that_was_done,
        f"INSERT INTO families_merge ({COLUMNS}) SELECT {COLUMNS} FROM families_merge WHERE id = %s",
    ),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_the_database_refuses_by_name(name):
    make, statement = BROKEN[name]
    row = make()

    with (
        pytest.raises(IntegrityError, match=name),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [row.pk])
