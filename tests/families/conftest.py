"""Two parents who live apart, their child, and who serves them."""

from __future__ import annotations

import pytest

from tests.factories import (
    AddressFactory,
    AssignmentFactory,
    FamilyFactory,
    OfficeFactory,
    RegionFactory,
    SecondHomeFactory,
    StaffFactory,
)


@pytest.fixture
def office():
    return OfficeFactory(region=RegionFactory())


@pytest.fixture
def rosa(office):
    """Mateo's mother, served by the office."""
    family = FamilyFactory(
        user__name="Rosa Baca",
        guardian__first_name="Rosa",
        guardian__last_name="Baca",
        child__first_name="Mateo",
    )
    AddressFactory(household=family.household, street="12 Calle de Rosa")
    AssignmentFactory(child=family.child, office=office)
    return family


@pytest.fixture
def ben(rosa):
    """Mateo's father, who lives apart."""
    family = SecondHomeFactory(
        child=rosa.child,
        user__name="Ben Chee",
        guardian__first_name="Ben",
        guardian__last_name="Chee",
    )
    AddressFactory(household=family.household, street="7 Calle de Ben")
    return family


@pytest.fixture
def ida(office):
    """An intake worker of the office."""
    return StaffFactory(role="intake-worker", office=office, name="Ida Romero")


@pytest.fixture
def sam(office):
    """A supervisor of the region."""
    return StaffFactory(role="supervisor", region=office.region, name="Sam Trujillo")


@pytest.fixture
def elsewhere():
    """An intake worker of another office."""
    return StaffFactory(role="intake-worker", office=OfficeFactory())
