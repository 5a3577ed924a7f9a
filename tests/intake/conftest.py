"""A family of Santa Fe, the office that serves them, and people in it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from intake.actions import information_requests
from tests.factories import (
    AddressFactory,
    CountyFactory,
    FamilyFactory,
    OfficeFactory,
    RegionFactory,
    StaffFactory,
    UserFactory,
)
from tests.factories.applications import SentApplicationFactory, answer, start
from tests.factories.dates import MS, NM
from tests.intake.enrolling import confirmed_asthma, enroll
from tests.intake.refusing import ask, members, refuse


@pytest.fixture(autouse=True)
def _database(db):
    """Everything here is about rows."""


@pytest.fixture
def office():
    region = RegionFactory(program=NM)
    county = CountyFactory(program=NM, region=region)
    return OfficeFactory(program=NM, region=region, county=county)


@pytest.fixture
def ida(office):
    """An intake worker of the office."""
    return StaffFactory(role="intake-worker", office=office, name="Ida Romero")


@pytest.fixture
def sam(office):
    """A supervisor of the program."""
    return StaffFactory(role="program-supervisor", program=NM, name="Sam Trujillo")


@pytest.fixture
def rosa(office, ida):
    """A family of the office's county, with somebody to read what they send."""
    return FamilyFactory(household__county=office.county)


@pytest.fixture
def sent(rosa):
    """Sent, with a diagnosis that no doctor has confirmed to us, and Medicaid pending."""
    return SentApplicationFactory(family=rosa, medicaid={"medicaid": "pending"})


@pytest.fixture
def asked(sent, ida):
    """Ida has asked the family for a doctor's paper."""
    return information_requests.ask(
        application=sent, rule="covered_condition", words="", by=ida, at=timezone.now()
    )


@pytest.fixture
def desk(ida, signed_in):
    """The browser in which Ida is signed in."""
    return signed_in(ida)


@pytest.fixture
def mississippi():
    region = RegionFactory(program=MS)
    county = CountyFactory(program=MS, region=region)
    office = OfficeFactory(program=MS, region=region, county=county)
    StaffFactory(role="regional-coordinator", region=region, name="Mo Jefferson")
    return FamilyFactory(program=MS, household__county=county), office


@pytest.fixture
def application(rosa, ida):
    """Sent, its diagnosis confirmed by a paper that Ida has seen."""
    return confirmed_asthma(SentApplicationFactory(family=rosa), ida)


@pytest.fixture
def enrolled(rosa, ida):
    """In the program by a notice, with an address to write to."""
    AddressFactory(household=rosa.household)
    return enroll(rosa, ida)


@pytest.fixture
def draft(rosa):
    """Every page answered, not sent yet."""
    return answer(start(rosa))


@pytest.fixture
def hal():
    """Somebody with an account of their own, who may help."""
    return UserFactory(username="hal", name="Hal Vigil", email="hal@example.test")


@pytest.fixture
def notice(application, ida, sam):
    return refuse(application, ida, sam)


@pytest.fixture
def prue(office):
    """A supervisor who took no part in the decision."""
    return StaffFactory(role="program-supervisor", program=NM, name="Prue Archibeque")


@pytest.fixture
def committee(office):
    return members()


@pytest.fixture
def appeal(notice, rosa):
    return ask(notice, rosa.user)
