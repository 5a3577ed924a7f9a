"""A family moves to another program, with what it releases and nothing more."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cms_portal.access.roles import Permission
from cms_portal.families import actions, moving
from cms_portal.families.models import AuthorityKind, Release
from cms_portal.families.policies import CHILDREN
from cms_portal.work.models import Task
from tests.factories import (
    AssignmentFactory,
    CountyFactory,
    FamilyFactory,
    OfficeFactory,
    SecondHomeFactory,
    StaffFactory,
)
from tests.factories.dates import MS, NM, today

pytestmark = pytest.mark.django_db
VIEW = Permission.CHILD_VIEW


@pytest.fixture
def hinds():
    return CountyFactory(program=MS, name="Hinds")


@pytest.fixture
def jackson(hinds):
    return OfficeFactory(program=MS, county=hinds, region=hinds.region)


def move(family, county, parts=("about", "contacts")):
    return actions.release_to_program(
        child=family.child,
        guardian=family.guardian,
        county=county,
        parts=parts,
        words="I let you copy these parts.",
        signed_name="Rosa Baca",
        by=family.user,
        at=timezone.now(),
    )


def test_an_adult_without_the_right_to_sign_releases_nothing(hinds):
    family = FamilyFactory(kind=AuthorityKind.RELATIVE_WITHOUT_PAPERS)

    with pytest.raises(actions.NotAllowedHere):
        move(family, hinds)
    assert not Release.objects.exists()


def test_nobody_moves_to_where_they_are():
    family = FamilyFactory()

    with pytest.raises(actions.NotAllowedHere):
        move(family, CountyFactory(program=NM))


def test_a_household_moves_once(hinds):
    family = FamilyFactory()
    move(family, hinds)

    with pytest.raises(actions.NotAllowedHere):
        move(family, hinds)


def test_the_copy_holds_only_what_was_released(hinds):
    family = FamilyFactory(
        child__tribe="Zia", child__race=["white"], guardian__safe_to_text=True, guardian__phone=""
    )

    new = move(family, hinds, parts=("contacts",))

    assert (new.program, new.first_name) == (MS, family.child.first_name)
    assert (new.tribe, new.race) == ("", [])
    there = new.authorities.get().guardian
    assert (there.safe_to_text, there.household.program) == (True, MS)
    assert there.pk != family.guardian.pk
    assert not there.household.addresses.exists()


def test_neither_programs_staff_learn_what_the_other_keeps(hinds, jackson):
    family = FamilyFactory()
    old_office = OfficeFactory()
    AssignmentFactory(child=family.child, office=old_office)
    ida, mo = StaffFactory(office=old_office), StaffFactory(office=jackson)
    prue, sue = (StaffFactory(role="program-supervisor", program=p) for p in (NM, MS))

    new = move(family, hinds)

    assert [CHILDREN.allows(who, VIEW, new) for who in (ida, prue, mo, sue)] == [0, 0, 1, 1]
    assert [CHILDREN.allows(who, VIEW, family.child) for who in (ida, prue, mo, sue)] == [
        0,
        1,
        0,
        0,
    ]
    assert CHILDREN.allows(family.user, VIEW, new)
    assert str(new.pk) not in str(Release.objects.values_list("words", "parts"))


def test_the_old_case_closes_as_moved_and_the_new_office_is_asked_to_welcome(hinds, jackson):
    family = FamilyFactory()
    old = AssignmentFactory(child=family.child)

    new = move(family, hinds)

    old.refresh_from_db()
    assert old.ends_on == today()
    assert old.history.first().history_change_reason == "moved to another program"
    assert new.assignments.get().office == jackson
    task = Task.objects.get(child=new)
    assert (task.program, task.office) == (MS, jackson)
    assert not Task.objects.filter(program=NM).exists()


def test_the_other_home_of_the_child_stays_served(hinds):
    family = FamilyFactory()
    SecondHomeFactory(child=family.child)
    old = AssignmentFactory(child=family.child)

    move(family, hinds)

    old.refresh_from_db()
    assert old.ends_on is None


def test_a_paper_that_was_not_released_is_asked_for_again(hinds):
    family = FamilyFactory(kind=AuthorityKind.KINSHIP_GUARDIAN, authority__with_also={"may_sign"})

    there = move(family, hinds).authorities.get()

    assert there.kind == AuthorityKind.KINSHIP_GUARDIAN
    assert (there.may_apply, there.may_sign) == (True, False)


def test_brothers_and_sisters_meet_in_one_household(hinds):
    family = FamilyFactory()
    sibling = FamilyFactory(user=family.user, household=family.household, guardian=family.guardian)

    homes = {move(each, hinds).memberships.get().household for each in (family, sibling)}
    assert len(homes) == 1


def test_an_upper_app_adds_its_part_and_closes_its_case(hinds, monkeypatch):
    monkeypatch.setattr(moving, "_parts", dict(moving._parts))
    monkeypatch.setattr(moving, "_closers", [])
    copied, closed = [], []
    moving.register(moving.MovablePart("plan", "The plan", "", copied.append))
    moving.when_a_case_closes(lambda **told: closed.append(told))
    family = FamilyFactory()

    new = move(family, hinds, parts=("plan",))

    assert [each.new_child for each in copied] == [new]
    assert [told["child"] for told in closed] == [family.child]
    with pytest.raises(ValueError, match="plan"):
        moving.register(moving.MovablePart("plan", "The plan", "", copied.append))


@pytest.mark.parametrize(
    ("name", "to_program"),
    [("release_goes_to_another_program", "program"), ("one_move_of_a_household", "to_program")],
)
def test_the_database_refuses_a_release_that_means_nothing(hinds, name, to_program):
    move(FamilyFactory(), hinds)
    rest = "child_id, household_id, program, parts, words, signed_name, signed_by_id, signed_at"

    with (
        pytest.raises(IntegrityError, match=name),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"INSERT INTO families_release ({rest}, to_program)"
            f" SELECT {rest}, {to_program} FROM families_release"
        )
