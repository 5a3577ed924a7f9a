"""Every address, every person, every relation: answered as the table says, and not a word more."""

from __future__ import annotations

import pytest

from tests.access.addresses import differences
from tests.access.rules import ASKED, PERSONAS
from tests.access.table import TABLE, pages_of, parts
from tests.access.walk import ALL_CASES, Walker
from tests.access.world import CASES, MISSING

pytestmark = pytest.mark.django_db


def test_every_address_and_method_is_in_the_table():
    assert differences(TABLE) == []


@pytest.mark.parametrize(("area", "group"), parts())
def test_everybody_is_answered_as_the_table_says(area, group, world):
    pages = pages_of(area, group)
    walker = Walker(world, pages)

    found = walker.walk()

    assert not found.report(), found.report()
    assert found.requests == sum(
        count_of(walker, page, how) for page in pages for how in page.rules
    )


def count_of(walker, page, method):
    """Everybody asks about a missing one, and about each case that is near to them."""
    cases = {asked.case for asked in walker.questions(page, method)} - {"", MISSING}
    near = [case for who in PERSONAS for case in ASKED.get(who, ALL_CASES).split(" ")]
    return len(PERSONAS) + sum(near.count(case) for case in cases)


def test_the_cases_hold_every_relation():
    relations = {"mateo", "second_home", "neighbor", "nearby", "faraway", "mississippi"}

    assert relations | {"transferred", "closed", "grown", "placed"} == set(CASES)
    assert len(PERSONAS) >= 24
