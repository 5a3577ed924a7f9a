"""Every address, every person, every relation: answered as the table says, and not a word more."""

from __future__ import annotations

import pytest

from tests.access.addresses import differences
from tests.access.rules import PERSONAS
from tests.access.table import TABLE, pages_of, parts
from tests.access.walk import Walker
from tests.access.world import CASES, MISSING

pytestmark = pytest.mark.django_db


def test_every_address_and_method_is_in_the_table():
    assert differences(TABLE) == []


@pytest.mark.parametrize(("area", "group"), parts())
@pytest.mark.parametrize(
    "everything", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["", "all"]
)
def test_everybody_is_answered_as_the_table_says(area, group, everything, world):
    pages = pages_of(area, group)
    walker = Walker(world, pages, everything=everything)

    found = walker.walk()

    assert not found.report(), found.report()
    assert found.requests == sum(
        count_of(walker, page, how) for page in pages for how in page.rules
    )


def count_of(walker, page, method):
    """Everybody asks about a missing one, and about each case that is near to them."""
    cases = {asked.case for asked in walker.questions(page, method)} - {"", MISSING}
    rule = page.rules[method]
    near = [case for persona in PERSONAS for case in walker.cases_of(persona, rule)]
    return len(PERSONAS) + sum(near.count(case) for case in cases)


def test_the_cases_hold_every_relation():
    relations = {"mateo", "second_home", "neighbor", "nearby", "faraway", "mississippi"}

    assert relations | {"transferred", "closed", "grown", "placed"} == set(CASES)
    assert len(PERSONAS) >= 24
