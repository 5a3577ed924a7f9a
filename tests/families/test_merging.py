"""Two records of one child become one: everything follows, nothing is lost, and it can be undone."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction

from cms_portal.access.roles import Permission
from cms_portal.audit.tracking import save_tracked
from cms_portal.database.merging import STAYS, follow_merge, pointers_to_children
from cms_portal.documents.models import Document
from cms_portal.families import actions
from cms_portal.families.actions.following import pointers
from cms_portal.families.models import Child, Merge, MergeMove, NotTheSame
from cms_portal.families.policies import ADDRESSES, CHILDREN, HOUSEHOLDS
from eligibility.models import Determination
from intake.policies import APPLICATIONS
from tests.factories import (
    AssignmentFactory,
    AuthorityFactory,
    BlockFactory,
    ChildFactory,
    FamilyFactory,
    OfficeFactory,
    StaffFactory,
)
from tests.factories.applications import SentApplicationFactory, start
from tests.factories.dates import MS, days_from_today
from tests.families.merging import digest, fill_every_relation, join, twice

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(office):
    return twice(office)


def tables_that_point_to_a_child():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, attname FROM pg_constraint"
            " JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)"
            " WHERE contype = 'f' AND confrelid = 'families_child'::regclass"
        )
        return set(cursor.fetchall())


def test_every_column_that_points_to_a_child_is_walked_or_says_why_not():
    walked = {(one.model._meta.db_table, one.column) for one in pointers()}
    walked |= {
        (model._meta.db_table, field.column)
        for model, field in pointers_to_children()
        if model._meta.db_table in STAYS
    }

    assert tables_that_point_to_a_child() <= walked
    assert {table for table, _column in tables_that_point_to_a_child()} >= set(STAYS)


def test_nothing_points_to_the_record_that_was_joined(pair, office, ida, sam):
    fill_every_relation(pair.loser)
    filled = [one for one in pointers() if one.rows(pair.loser).exists()]
    assert len(filled) >= 14

    actions.confirm_merge(merge=join(pair, ida), by=sam)

    assert [str(one) for one in pointers() if one.rows(pair.loser).exists()] == []
    assert [str(one) for one in filled if not one.rows(pair.winner).exists()] == []
    assert Child.objects.get(pk=pair.loser.pk).merged_into == pair.winner


def test_undone_every_table_is_as_it_was(pair, office, ida, sam):
    fill_every_relation(pair.loser)
    fill_every_relation(pair.winner)
    actions.tell_apart(one=pair.loser, other=ChildFactory(), kind="twins", by=ida)
    merge = join(pair, ida, kept_from_loser=["first_name"])
    before = digest()

    actions.confirm_merge(merge=merge, by=sam)
    between = digest()
    actions.undo_merge(merge=merge, by=sam, reason="two children after all")

    after = digest()
    # The task that asked for a second person is done.
    assert {table for table in before if before[table] != after[table]} == {"work_task"}
    assert len([table for table in before if before[table] != between[table]]) > 8


def test_what_is_only_added_follows_and_says_so(pair, ida):
    application = SentApplicationFactory(
        family=FamilyFactory(
            user=pair.family.user,
            household=pair.family.household,
            guardian=pair.family.guardian,
            child=pair.loser,
            authority=pair.loser.authorities.get(),
        )
    )

    merge = join(pair, ida)

    determination = Determination.objects.get(case_key=application.case_key)
    assert determination.child == pair.winner
    assert determination.history.first().history_user == ida
    line = MergeMove.objects.get(relation="eligibility_determination")
    assert (line.merge, line.was, line.became) == (merge, pair.loser.pk, pair.winner.pk)


def test_what_is_only_added_changes_in_no_other_way(pair, ida, office):
    fill_every_relation(pair.loser)
    determination = Determination.objects.get(child=pair.loser)
    merge = join(pair, ida)
    lines = [
        ("eligibility_determination", "made_by_id", pair.loser.pk, pair.winner.pk),
        ("families_householdmembership", "child_id", pair.loser.pk, pair.winner.pk),
        ("eligibility_determination", "child_id", pair.loser.pk, ChildFactory().pk),
        ("eligibility_determination", "child_id", pair.winner.pk, pair.loser.pk),
    ]

    for relation, column, was, became in lines:
        line = MergeMove(
            merge=merge,
            relation=relation,
            row=str(determination.pk),
            column=column,
            was=was,
            became=became,
        )
        save_tracked(line, by=ida, reason="tampering")
        with pytest.raises(Exception, match="move"), transaction.atomic():
            follow_merge(line.pk)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE families_mergemove SET was = became")


def test_the_record_that_stays_takes_the_facts_that_were_chosen(pair, ida):
    join(pair, ida, kept_from_loser=["first_name"])

    pair.winner.refresh_from_db()
    assert (pair.winner.first_name, pair.winner.last_name) == ("Matteo", "Baca")


def test_two_open_applications_of_one_home_stand_in_the_way(pair, ida):
    start(pair.family)
    start(
        FamilyFactory(
            user=pair.family.user,
            household=pair.family.household,
            guardian=pair.family.guardian,
            child=pair.loser,
            authority=pair.loser.authorities.get(),
        )
    )

    with pytest.raises(actions.NotAllowedHere, match="open application"):
        join(pair, ida)
    assert not Merge.objects.exists()


def test_rights_that_differ_are_for_a_person_to_settle(pair, ida):
    AuthorityFactory(guardian=pair.family.guardian, child=pair.loser, kind="joint_custody")

    with pytest.raises(actions.NotAllowedHere, match="Rosa"):
        join(pair, ida)


def test_who_was_told_apart_is_not_joined(pair, ida):
    actions.tell_apart(one=pair.winner, other=pair.loser, kind=NotTheSame.Kind.TWINS, by=ida)

    with pytest.raises(actions.NotAllowedHere, match="Ida Romero"):
        join(pair, ida)


def test_records_of_two_programs_stay_apart(pair, ida):
    pair.loser = FamilyFactory(program=MS).child

    with pytest.raises(actions.NotAllowedHere):
        join(pair, ida)


def test_a_home_is_one_home_for_the_days_of_both(pair, ida):
    earlier = pair.winner.memberships.get()
    earlier.starts_on = days_from_today(-10)
    save_tracked(earlier, by=ida, reason="moved in lately")

    join(pair, ida)

    spans = [(one.starts_on, one.ends_on) for one in pair.winner.memberships.order_by("starts_on")]
    assert spans == [(pair.loser.date_of_birth, days_from_today(-10)), (days_from_today(-10), None)]


def test_who_serves_the_record_that_stays_goes_on_serving(pair, ida):
    taos = AssignmentFactory(
        child=pair.loser, office=OfficeFactory(), starts_on=days_from_today(-20)
    )

    join(pair, ida)

    today = days_from_today(0)
    serving = pair.winner.assignments.on(today)
    assert [one.office_id for one in serving] == [
        pair.winner.assignments.order_by("pk")[0].office_id
    ]
    taos.refresh_from_db()
    assert taos.child == pair.winner
    assert taos.ends_on == today


def test_who_is_kept_away_from_one_is_kept_away_from_the_child(pair, ida, sam):
    vic = FamilyFactory(household=pair.family.household, child=pair.winner)
    BlockFactory(child=pair.loser, user=vic.user)
    assert CHILDREN.allows(vic.user, Permission.CHILD_VIEW, pair.winner)

    actions.confirm_merge(merge=join(pair, ida), by=sam)

    assert not CHILDREN.allows(vic.user, Permission.CHILD_VIEW, pair.winner)


def test_another_home_learns_nothing_of_what_the_first_told(pair, office, ida, sam):
    ben = FamilyFactory(child__first_name="Matteo")
    AssignmentFactory(child=ben.child, office=office)
    pair.loser = ben.child
    application = SentApplicationFactory(family=pair.family)

    actions.confirm_merge(merge=join(pair, ida), by=sam)

    assert CHILDREN.allows(ben.user, Permission.CHILD_VIEW, pair.winner)
    assert not APPLICATIONS.allows(ben.user, Permission.APPLICATION_VIEW, application)
    assert not HOUSEHOLDS.allows(ben.user, Permission.HOUSEHOLD_VIEW, pair.family.household)
    assert not ADDRESSES.rows(ben.user, Permission.HOUSEHOLD_VIEW).exists()
    assert not Document.objects.exists()


def test_the_joined_record_gets_no_new_rows_by_whatever_hand(pair, ida):
    join(pair, ida)

    for attempt in (
        lambda: actions.change_child(child=pair.loser, by=ida, reason="x", tribe="Zia"),
        lambda: actions.place_child(
            child=pair.loser,
            household=FamilyFactory().household,
            starts_on=days_from_today(0),
            by=ida,
        ),
        lambda: AuthorityFactory(child=pair.loser),
        lambda: AssignmentFactory(child=pair.loser),
        lambda: BlockFactory(child=pair.loser),
    ):
        with pytest.raises(actions.NotAllowedHere, match="joined"), transaction.atomic():
            attempt()
    with pytest.raises(Exception, match="joined with another"), transaction.atomic():
        start(FamilyFactory(child=pair.loser, authority=pair.winner.authorities.first()))
    assert not CHILDREN.allows(
        StaffFactory(role="program-supervisor"), Permission.CHILD_VIEW, pair.loser
    )


def test_undone_only_while_what_moved_is_unchanged(pair, ida):
    uncle = AuthorityFactory(child=pair.loser, guardian__household=pair.family.household)
    merge = join(pair, ida)
    uncle.refresh_from_db()
    actions.end(row=uncle, on=days_from_today(0), by=ida, reason="court order")

    with pytest.raises(actions.NotAllowedHere, match="Ida Romero has changed what Rosa"):
        actions.undo_merge(merge=merge, by=ida, reason="mistake")


def test_what_was_recorded_since_stays_with_the_record_that_stayed(pair, ida):
    merge = join(pair, ida)
    uncle = AuthorityFactory(child=pair.winner)

    actions.undo_merge(merge=merge, by=ida, reason="mistake")

    uncle.refresh_from_db()
    assert uncle.child == pair.winner
    with pytest.raises(actions.NotAllowedHere, match="already"):
        actions.undo_merge(merge=merge, by=ida, reason="twice")


def test_merges_are_undone_last_first(pair, office, ida):
    first = join(pair, ida)
    again = twice(office)
    AuthorityFactory(guardian=pair.family.guardian, child=again.loser)
    actions.propose_merge(winner=again.loser, loser=pair.winner, by=ida, reason="a third record")

    with pytest.raises(actions.NotAllowedHere, match="third"):
        actions.undo_merge(merge=first, by=ida, reason="mistake")
