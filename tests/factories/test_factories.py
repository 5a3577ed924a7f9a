"""The factories make what they promise."""

import pytest

from cms_portal.access.roles import Permission
from cms_portal.families.policies import CHILDREN
from tests.factories import (
    AddressFactory,
    AssignmentFactory,
    BlockFactory,
    FamilyFactory,
    OfficeFactory,
    SecondHomeFactory,
    StaffFactory,
)
from tests.factories.dates import MS, born

pytestmark = pytest.mark.django_db


def test_a_family_sees_its_child_and_no_other():
    family, other = FamilyFactory(), FamilyFactory()

    assert list(CHILDREN.rows(family.user, Permission.CHILD_VIEW)) == [family.child]
    assert not CHILDREN.allows(other.user, Permission.CHILD_VIEW, family.child)


def test_a_second_home_shares_the_child_and_not_the_household():
    first = FamilyFactory(program=MS)
    second = SecondHomeFactory(child=first.child)

    assert second.child == first.child
    assert second.household != first.household
    assert second.household.program == MS


def test_staff_serve_the_children_of_their_office():
    office = OfficeFactory(program=MS)
    ida = StaffFactory(office=office)
    served = AssignmentFactory(
        office=office, child=FamilyFactory(program=MS, child__date_of_birth=born(17, MS)).child
    )
    FamilyFactory(program=MS)

    assert list(CHILDREN.rows(ida, Permission.CHILD_VIEW)) == [served.child]


def test_blocks_and_addresses_are_made_through_the_actions():
    family = FamilyFactory()
    block = BlockFactory(child=family.child, user=family.user)
    address = AddressFactory(household=family.household)

    assert block.history.get().history_change_reason == "a court order"
    assert address.history.get().history_user.username == "system"
