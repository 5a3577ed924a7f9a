"""Where a family lives is known to its own home and to those who must know, and to nobody else."""

from __future__ import annotations

import pytest

from cms_portal.access.roles import Permission
from cms_portal.families import actions
from cms_portal.families.models import Address, AddressKind, AuthorityKind
from cms_portal.families.policies import ADDRESSES, GUARDIANS, HOUSEHOLDS
from tests.factories import (
    AddressFactory,
    AssignmentFactory,
    FamilyFactory,
    GuardianFactory,
    HouseholdFactory,
    OfficeFactory,
    SecondHomeFactory,
    StaffFactory,
    the_portal,
)
from tests.factories.dates import MS, days_from_today, today

pytestmark = pytest.mark.django_db
VIEW, EDIT = Permission.HOUSEHOLD_VIEW, Permission.HOUSEHOLD_EDIT
CONFIDENTIAL = Permission.ADDRESS_VIEW_CONFIDENTIAL


@pytest.fixture
def office():
    return OfficeFactory()


@pytest.fixture
def ida(office):
    return StaffFactory(role="intake-worker", office=office)


@pytest.fixture
def cleo(office):
    return StaffFactory(role="social-worker", office=office)


def serve(child, office, worker=None):
    AssignmentFactory(child=child, office=office, worker=worker)


def test_the_other_parent_reaches_neither_the_home_nor_its_address():
    first = FamilyFactory()
    second = SecondHomeFactory(child=first.child)
    address = AddressFactory(household=first.household)

    assert not HOUSEHOLDS.allows(second.user, VIEW, first.household)
    assert not ADDRESSES.allows(second.user, VIEW, address)
    assert not GUARDIANS.allows(second.user, VIEW, first.guardian)
    assert ADDRESSES.allows(first.user, VIEW, address)


def test_who_was_cut_off_at_18_is_not_told_where_the_home_moved():
    family = FamilyFactory()
    before = AddressFactory(household=family.household)
    actions.end(row=family.authority, on=today(), by=family.user, reason="of age")

    after = actions.set_address(
        household=family.household,
        kind=AddressKind.MAILING,
        starts_on=today(),
        by=family.user,
        street="PO Box 77",
        state="NM",
    )

    assert not ADDRESSES.allows(family.user, VIEW, before)
    assert not ADDRESSES.allows(family.user, VIEW, after)


def test_the_home_of_a_confidential_household_is_never_written_down(office, cleo):
    family = FamilyFactory(household__address_is_confidential=True)

    for kind in (AddressKind.HOME, AddressKind.MAILING):
        with pytest.raises(actions.NotAllowedHere):
            AddressFactory(household=family.household, kind=kind)


def test_hiding_an_address_ends_what_was_known_and_keeps_it_from_those_without_need(
    office, ida, cleo
):
    family = FamilyFactory()
    serve(family.child, office, cleo)
    home = AddressFactory(household=family.household)
    actions.hide_address(
        household=family.household,
        starts_on=today(),
        by=the_portal(),
        reason="the family asked",
        street="PO Box 99",
        city="Santa Fe",
        state="NM",
        zip_code="87504",
    )
    substitute = Address.objects.on(today()).get(household=family.household)

    assert substitute.kind == AddressKind.SUBSTITUTE
    for person in (ida, cleo, family.user):
        assert list(ADDRESSES.rows(person, VIEW)) == [substitute]
    assert not ADDRESSES.rows(ida, CONFIDENTIAL).exists()
    assert set(ADDRESSES.rows(cleo, CONFIDENTIAL)) == {home, substitute}


def test_where_a_child_is_placed_is_known_to_the_agency_and_to_permitted_staff_only(
    office, ida, cleo
):
    family = FamilyFactory()
    placement = HouseholdFactory(is_placement=True)
    resource = GuardianFactory(household=placement)
    agency = GuardianFactory()
    actions.take_into_custody(
        child=family.child,
        agency=agency,
        kind=AuthorityKind.TRIBAL_CUSTODY,
        starts_on=today(),
        by=the_portal(),
        reason="court order",
        placement=placement,
    )
    serve(family.child, office, cleo)
    address = AddressFactory(household=placement)

    reached = {
        name: ADDRESSES.allows(person, permission, address)
        for name, person, permission in [
            ("parent", family.user, VIEW),
            ("resource parent", resource.user, VIEW),
            ("intake worker", ida, VIEW),
            ("intake worker, asking for more", ida, CONFIDENTIAL),
            ("social worker, not asking", cleo, VIEW),
            ("social worker", cleo, CONFIDENTIAL),
            ("agency", agency.user, VIEW),
        ]
    }
    assert [name for name, reaches in reached.items() if reaches] == ["social worker", "agency"]


def test_staff_of_another_office_or_program_reach_no_household(office):
    family = FamilyFactory()
    serve(family.child, office)
    address = AddressFactory(household=family.household)

    for stranger in (
        StaffFactory(office=OfficeFactory()),
        StaffFactory(office=OfficeFactory(program=MS)),
        StaffFactory(role="program-supervisor", program=MS),
        StaffFactory(role="program-administrator"),
        StaffFactory(role="privacy-officer"),
    ):
        assert not HOUSEHOLDS.rows(stranger, VIEW).exists()
        assert not ADDRESSES.allows(stranger, VIEW, address)


def test_a_youth_sees_the_home_they_live_in_and_does_not_change_it():
    family = FamilyFactory()
    youth = GuardianFactory(household=family.household)
    actions.record_authority(
        guardian=youth,
        child=family.child,
        kind=AuthorityKind.YOUTH,
        starts_on=today(),
        by=the_portal(),
    )

    assert HOUSEHOLDS.allows(youth.user, VIEW, family.household)
    assert not HOUSEHOLDS.allows(youth.user, EDIT, family.household)
    assert GUARDIANS.allows(youth.user, EDIT, youth)
    assert not GUARDIANS.allows(youth.user, EDIT, family.guardian)


def test_a_household_without_children_yet_belongs_to_whoever_opened_it():
    guardian = GuardianFactory()

    assert HOUSEHOLDS.allows(guardian.user, EDIT, guardian.household)


def test_moving_house_keeps_the_old_address_in_the_record():
    family = FamilyFactory()
    old = AddressFactory(household=family.household)
    new = AddressFactory(household=family.household, starts_on=today())

    assert list(family.household.addresses.on(today())) == [new]
    old.refresh_from_db()
    assert old.ends_on == today()
    assert actions.end(row=old, on=today(), by=the_portal(), reason="again").ends_on == today()


def test_an_address_set_for_later_gives_way_to_one_set_for_today():
    family = FamilyFactory()
    AddressFactory(household=family.household, starts_on=days_from_today(20))
    new = AddressFactory(household=family.household, starts_on=today())

    assert list(family.household.addresses.not_over_on(today())) == [new]
