"""Likely duplicates: of one program, of whom a worker may know, found through indexes."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from cms_portal.families import actions, duplicates
from cms_portal.families.duplicates import likely_same
from cms_portal.families.likeness import Facts
from cms_portal.families.models import Child, NotTheSame
from cms_portal.families.models.child import PLAIN_NAME
from tests.factories import (
    AddressFactory,
    AssignmentFactory,
    BlockFactory,
    ChildFactory,
    FamilyFactory,
    OfficeFactory,
    StaffFactory,
)
from tests.factories.dates import MS
from tests.families.test_likeness import HOME, LUCIA, SLIPS

pytestmark = pytest.mark.django_db


def asked(**changed):
    return Facts(**(LUCIA | changed))


def served(office, **facts):
    family = FamilyFactory(**{f"child__{key}": value for key, value in (LUCIA | facts).items()})
    AssignmentFactory(child=family.child, office=office)
    return family


def found(child_or_facts, user, **where):
    return [one.child for one in likely_same(child_or_facts, user=user, **where)]


def test_a_family_never_learns_whom_we_know(office):
    family = served(office)

    assert found(asked(), family.user, program="nm-cms") == []


def test_another_program_never_learns_whom_we_know(office):
    served(office)
    mo = StaffFactory(office=OfficeFactory(program=MS))

    assert found(asked(), mo, program=MS) == []
    assert found(asked(), mo, program="nm-cms") == []


def test_a_worker_whom_a_block_keeps_away_never_learns_of_the_child(office, ida):
    family = served(office)
    BlockFactory(child=family.child, user=ida)

    assert found(asked(), ida, program="nm-cms") == []


def test_of_a_child_out_of_reach_a_worker_learns_the_office_and_no_shared_phone(office, elsewhere):
    family = served(office)

    (one,) = likely_same(
        asked(phones=frozenset([str(family.guardian.phone)])), user=elsewhere, program="nm-cms"
    )

    assert (one.is_reached, one.office) == (False, office.name)
    assert "same phone" not in one.alike.reasons


@pytest.mark.parametrize("hidden", [{"address_is_confidential": True}, {"is_placement": True}])
def test_the_office_of_a_hidden_home_stays_unsaid(office, ida, elsewhere, hidden):
    family = served(office)
    actions.change_household(household=family.household, by=ida, reason="in danger", **hidden)

    (one,) = likely_same(asked(), user=elsewhere, program="nm-cms")

    assert one.office == ""


def test_a_hidden_address_is_no_reason(office, ida):
    ours, theirs = served(office), served(office, first_name="Luzia")
    for family in (ours, theirs):
        AddressFactory(household=family.household, street="12 Calle Larga")
    assert "same address" in likely_same(ours.child, user=ida)[0].alike.reasons

    actions.change_household(
        household=theirs.household, by=ida, reason="in danger", address_is_confidential=True
    )

    assert "same address" not in likely_same(ours.child, user=ida)[0].alike.reasons


def test_a_namesake_of_another_age_is_found_by_the_shared_phone(office, ida):
    family = served(office)
    other = asked(date_of_birth=date(2012, 11, 29))

    assert found(other, ida, program="nm-cms") == []
    with_phone = asked(
        date_of_birth=date(2012, 11, 29), phones=frozenset([str(family.guardian.phone)])
    )
    assert found(with_phone, ida, program="nm-cms") == [family.child]


@pytest.mark.parametrize("slip", [slip for slip, _reason in SLIPS])
def test_every_slip_is_found_among_the_children(office, ida, slip):
    facts = {key: value for key, value in slip.items() if key not in HOME}
    family = served(office, **facts)
    home = {"phones": frozenset([str(family.guardian.phone)])} if slip.keys() & HOME.keys() else {}

    assert found(asked(**home), ida, program="nm-cms") == [family.child]


def test_the_likeliest_comes_first_and_twins_come_last(office, ida):
    child = served(office).child
    twin = ChildFactory(
        household=child.memberships.get().household, **LUCIA | {"first_name": "Eva"}
    )
    AssignmentFactory(child=twin, office=office)
    same, alike = served(office).child, served(office, first_name="Lucy", last_name="Pena").child

    likely = likely_same(child, user=ida)

    assert [one.child for one in likely] == [same, alike, twin]
    assert [one.alike.is_likely_twin for one in likely] == [False, False, True]


def test_two_whom_somebody_told_apart_are_not_offered_until_it_is_taken_back(office, ida):
    one, other = served(office).child, served(office).child
    mark = actions.tell_apart(
        one=other, other=one, kind=NotTheSame.Kind.DIFFERENT, by=ida, reason="saw both"
    )
    again = actions.tell_apart(one=one, other=other, kind=NotTheSame.Kind.TWINS, by=ida)

    assert again == mark
    assert mark.first_id < mark.second_id
    assert found(one, ida) == found(other, ida) == []

    actions.take_back_mark(mark=mark, by=ida, reason="misread")
    assert found(one, ida) == [other]


@pytest.mark.parametrize(
    ("index", "asked_for"),
    [
        ("child_by_plain_name", {"plain_name__trigram_similar": "Lucia Pena"}),
        ("child_by_birth_date", {"program": "nm-cms", "date_of_birth": date(2019, 5, 4)}),
    ],
)
def test_the_search_among_all_children_reads_indexes_alone(index, asked_for):
    with connection.cursor() as cursor:
        # Of so few rows as a test has, the database would rather read them all.
        cursor.execute("SET LOCAL enable_seqscan = off")

    rows = Child.objects.annotate(plain_name=PLAIN_NAME).filter(**asked_for)

    assert index in rows.explain()


@pytest.mark.parametrize("others", [3, 30])
def test_more_candidates_ask_nothing_more(office, ida, django_assert_max_num_queries, others):
    child = served(office).child
    for _n in range(others):
        served(office)
    served(OfficeFactory())

    with django_assert_max_num_queries(18):
        likely = likely_same(child, user=ida)

    assert len(likely) == min(others + 1, duplicates.OFFERED)
