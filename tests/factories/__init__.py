"""Objects for tests, built through the actions: a test cannot hold what the portal could not make."""

from tests.factories.accounts import StaffFactory, UserFactory, the_portal
from tests.factories.families import (
    AddressFactory,
    AssignmentFactory,
    AuthorityFactory,
    BlockFactory,
    ChildFactory,
    Family,
    FamilyFactory,
    GuardianFactory,
    HouseholdFactory,
    SecondHomeFactory,
)
from tests.factories.offices import CountyFactory, OfficeFactory, RegionFactory

__all__ = [
    "AddressFactory",
    "AssignmentFactory",
    "AuthorityFactory",
    "BlockFactory",
    "ChildFactory",
    "CountyFactory",
    "Family",
    "FamilyFactory",
    "GuardianFactory",
    "HouseholdFactory",
    "OfficeFactory",
    "RegionFactory",
    "SecondHomeFactory",
    "StaffFactory",
    "UserFactory",
    "the_portal",
]
