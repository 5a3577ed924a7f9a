"""What is asked about one home of a child goes to who serves that home, never to the other's office."""

from __future__ import annotations

import pytest

from cms_portal.families.models import AssignmentKind
from cms_portal.families.serving import who_serves
from tests.factories import (
    AssignmentFactory,
    FamilyFactory,
    OfficeFactory,
    SecondHomeFactory,
    StaffFactory,
)
from tests.factories.dates import NM, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa():
    return FamilyFactory()


@pytest.fixture
def ben(rosa):
    return SecondHomeFactory(child=rosa.child)


def intake(family, **facts):
    return AssignmentFactory(
        child=family.child, household=family.household, kind=AssignmentKind.INTAKE, **facts
    )


def serving(family, child=True):
    return who_serves(
        program=NM,
        child=family.child if child else None,
        household=family.household,
        on=today(),
    )


def test_the_other_homes_office_is_not_asked(rosa, ben):
    intake(rosa)

    assert serving(ben) is None
    assert serving(ben, child=False) is None


def test_each_home_has_its_own_intake(rosa, ben):
    hers, his = intake(rosa), intake(ben)

    assert (serving(rosa), serving(ben)) == (hers, his)
    assert (serving(rosa, child=False), serving(ben, child=False)) == (hers, his)


def test_the_childs_coordinator_answers_for_both_homes(rosa, ben):
    intake(rosa)
    coordinator = AssignmentFactory(child=rosa.child, worker=StaffFactory(), office=OfficeFactory())

    assert serving(rosa) == serving(ben) == coordinator


def test_what_names_no_home_goes_to_whoever_serves_the_child(rosa):
    hers = intake(rosa)

    assert who_serves(program=NM, child=rosa.child, household=None, on=today()) == hers
