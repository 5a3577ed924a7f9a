"""What each kind of authority carries, and how long."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cms_portal.access.policy import Reach
from cms_portal.access.roles import FAMILY_RIGHTS, Permission, Scope
from cms_portal.families import actions, rights
from cms_portal.families.models import CUSTODY, Authority, AuthorityKind
from cms_portal.families.policies import CHILDREN, household_ids
from tests.factories import (
    AuthorityFactory,
    BlockFactory,
    ChildFactory,
    FamilyFactory,
    GuardianFactory,
    HouseholdFactory,
    SecondHomeFactory,
    the_portal,
)
from tests.factories.dates import MS, NM, born, days_from_today, today

pytestmark = pytest.mark.django_db
VIEW, APPLY = Permission.CHILD_VIEW, Permission.APPLICATION_START
SIGN = Permission.HELPER_MANAGE
DAY = timedelta(days=1)


def sees(user, child, permission=VIEW):
    return CHILDREN.allows(user, permission, child)


# The 18th birthday.


def test_a_parent_sees_nothing_from_the_eighteenth_birthday_on():
    family = FamilyFactory(child__date_of_birth=born(18))

    assert not sees(family.user, family.child)
    assert family.authority.ends_on == today()


@pytest.mark.parametrize("program", [NM, MS])
def test_a_parent_still_sees_on_the_day_before_the_eighteenth_birthday(program):
    family = FamilyFactory(program=program, child__date_of_birth=born(18, program, days=-1))

    assert sees(family.user, family.child)


@pytest.mark.parametrize("kind", sorted(set(AuthorityKind) - rights.OUTLAST_CHILDHOOD))
def test_every_kind_made_in_childhood_ends_with_it(kind):
    child = ChildFactory(date_of_birth=date(2010, 5, 4))
    authority = AuthorityFactory(child=child, kind=kind, starts_on=date(2020, 1, 1))

    assert authority.ends_on == date(2028, 5, 4)


def test_a_child_born_on_29_february_comes_of_age_on_1_march():
    child = ChildFactory(date_of_birth=date(2008, 2, 29))
    authority = AuthorityFactory(child=child)

    assert authority.ends_on == date(2026, 3, 1)
    on = Authority.objects.filter(pk=authority.pk).on
    assert on(date(2026, 2, 28)).exists()
    assert not on(date(2026, 3, 1)).exists()
    assert child.age_on(date(2026, 2, 28)) == 17
    assert child.age_on(date(2026, 3, 1)) == 18
    assert child.birthday(20) == date(2028, 2, 29)


def test_a_youth_with_an_account_is_never_locked_out_on_the_birthday():
    child = ChildFactory(date_of_birth=born(18))
    youth = AuthorityFactory(child=child, kind=AuthorityKind.YOUTH).guardian.user

    assert sees(youth, child)
    assert sees(youth, child, SIGN)


def test_the_day_before_the_birthday_a_youth_sees_and_agrees_but_does_not_sign():
    child = ChildFactory(date_of_birth=born(18, days=-1))
    youth = AuthorityFactory(child=child, kind=AuthorityKind.YOUTH).guardian.user

    assert sees(youth, child)
    assert not sees(youth, child, SIGN)
    assert child.authorities.on(today() + DAY).may_sign().get().guardian.user == youth


def test_nobody_becomes_an_adults_parent():
    child = ChildFactory(date_of_birth=born(18))

    for kind in set(AuthorityKind) - rights.FOR_ADULTS:
        with pytest.raises(actions.NotAllowedHere):
            AuthorityFactory(child=child, kind=kind, starts_on=today())


def test_a_court_may_name_a_guardian_for_an_adult():
    child = ChildFactory(date_of_birth=born(19))
    authority = AuthorityFactory(child=child, kind=AuthorityKind.COURT_GUARDIAN, starts_on=today())

    assert authority.ends_on is None


def test_a_youth_is_not_put_in_charge_a_day_early():
    child = ChildFactory(date_of_birth=born(18, days=-1))
    guardian = GuardianFactory(household=child.memberships.get().household)

    with pytest.raises(actions.NotAllowedHere):
        actions.put_youth_in_charge(
            guardian=guardian, child=child, starts_on=today(), by=the_portal()
        )


def test_a_grown_child_lets_a_parent_in_and_ends_it():
    family = FamilyFactory(child__date_of_birth=born(18))
    let_in = actions.let_in(
        guardian=family.guardian, child=family.child, starts_on=today(), by=the_portal()
    )

    assert sees(family.user, family.child)
    assert not sees(family.user, family.child, APPLY)
    actions.end(row=let_in, on=today(), by=the_portal(), reason="ended by the youth")
    assert not sees(family.user, family.child)


# Papers.


@pytest.mark.parametrize("kind", sorted(rights.NEED_A_PAPER))
def test_without_its_paper_a_kind_applies_but_does_not_consent(kind):
    authority = AuthorityFactory(kind=kind)

    assert authority.may_apply
    assert not (authority.may_sign or authority.may_agree or authority.may_see_sensitive)


def test_a_relative_without_papers_applies_and_waits_to_sign():
    family = FamilyFactory(kind=AuthorityKind.RELATIVE_WITHOUT_PAPERS)

    assert sees(family.user, family.child, APPLY)
    assert not sees(family.user, family.child, SIGN)


def test_a_paper_ends_the_authority_it_gives():
    authority = AuthorityFactory(
        kind=AuthorityKind.POWER_OF_ATTORNEY, paper_ends_on=today(), starts_on=today() - 90 * DAY
    )
    still = AuthorityFactory(
        kind=AuthorityKind.POWER_OF_ATTORNEY,
        paper_ends_on=today() + DAY,
        starts_on=today() - 90 * DAY,
    )

    assert not sees(authority.guardian.user, authority.child)
    assert sees(still.guardian.user, still.child)


def test_what_is_private_to_a_youth_is_not_a_parents_by_default():
    family = FamilyFactory(child__date_of_birth=born(16))

    assert not sees(family.user, family.child, Permission.CHILD_VIEW_SENSITIVE)


def test_a_new_authority_replaces_the_one_before():
    family = FamilyFactory(kind=AuthorityKind.RELATIVE_WITHOUT_PAPERS)
    new = actions.record_authority(
        guardian=family.guardian,
        child=family.child,
        kind=AuthorityKind.KINSHIP_GUARDIAN,
        starts_on=today(),
        by=the_portal(),
    )

    assert list(family.child.authorities.on(today())) == [new]


def test_a_court_order_may_leave_less():
    authority = AuthorityFactory(
        kind=AuthorityKind.JOINT_CUSTODY, without=frozenset({"may_sign", "may_agree"})
    )

    assert authority.may_apply
    assert not authority.may_sign


# Custody.


def test_in_custody_the_agency_signs_and_no_parent_does():
    family = FamilyFactory()
    agency = GuardianFactory()
    actions.take_into_custody(
        child=family.child,
        agency=agency,
        kind=AuthorityKind.STATE_CUSTODY,
        starts_on=today(),
        by=the_portal(),
        reason="court order",
        paper=None,
        placement=HouseholdFactory(is_placement=True),
    )

    assert not sees(family.user, family.child)
    assert sees(agency.user, family.child)
    signing = family.child.authorities.on(today()).may_sign()
    assert not signing.exists(), "consent waits for the order"


def test_custody_is_a_states_or_a_tribes():
    family = FamilyFactory()
    for kind in set(AuthorityKind) - set(CUSTODY):
        with pytest.raises(actions.NotAllowedHere):
            actions.take_into_custody(
                child=family.child,
                agency=GuardianFactory(),
                kind=kind,
                starts_on=today(),
                by=the_portal(),
                reason="",
            )


def test_a_resource_parent_sees_daily_care_and_changes_nothing():
    family = FamilyFactory(kind=AuthorityKind.RESOURCE_PARENT)

    held = {p for p in rights.RIGHT_FOR if sees(family.user, family.child, p)}
    assert held == {p for p, right in rights.RIGHT_FOR.items() if right == "may_see"}


# Blocks.


def test_a_block_wins_over_every_right():
    family = FamilyFactory()
    BlockFactory(child=family.child, user=family.user)

    held = {p for p in rights.RIGHT_FOR if sees(family.user, family.child, p)}
    assert held == set()


@pytest.mark.parametrize(
    ("starts", "ends", "bites"),
    [(0, None, True), (1, None, False), (-9, 0, False), (-9, 1, True), (0, 1, True)],
)
def test_a_block_bites_from_its_day_until_the_day_before_its_end(starts, ends, bites):
    family = FamilyFactory()
    BlockFactory(
        child=family.child,
        user=family.user,
        starts_on=days_from_today(starts),
        ends_on=None if ends is None else days_from_today(ends),
    )

    assert sees(family.user, family.child) is not bites


def test_a_block_of_a_guardian_bites_on_the_account_they_open_later():
    family = FamilyFactory(guardian__user=None)
    BlockFactory(child=family.child, user=None, guardian=family.guardian)
    actions.change_guardian(
        guardian=family.guardian, user=family.user, by=the_portal(), reason="account opened"
    )

    assert not sees(family.user, family.child)


def test_a_block_for_one_child_shuts_the_home_that_child_lives_in():
    family = FamilyFactory()
    sibling = ChildFactory(household=family.household)
    AuthorityFactory(guardian=family.guardian, child=sibling)
    BlockFactory(child=family.child, user=family.user)

    reach = Reach(family.user, Permission.HOUSEHOLD_VIEW, (NM,), today())
    assert household_ids(reach) == []
    assert sees(family.user, sibling), "the sibling's own facts are not shut"


# Moving out, and two homes.


def test_an_adult_who_moves_out_sees_nothing_through_that_home():
    family = FamilyFactory()
    actions.move_out(guardian=family.guardian, on=today(), by=the_portal(), reason="moved out")

    assert not sees(family.user, family.child)


def test_parents_who_live_apart_both_see_the_child():
    first = FamilyFactory()
    second = SecondHomeFactory(child=first.child)

    assert sees(first.user, first.child)
    assert sees(second.user, first.child)


def test_each_family_permission_needs_a_right():
    assert FAMILY_RIGHTS[Scope.HOUSEHOLD] <= set(rights.RIGHT_FOR)
    assert set(rights.CARRIED_BY) == set(AuthorityKind)
