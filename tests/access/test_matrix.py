"""Every address, every person, every relation: answered as the table says, and not a word more."""

from __future__ import annotations

import logging

import pytest

from tests.access import walk
from tests.access.rules import PERSONAS
from tests.access.table import TABLE


@pytest.fixture(autouse=True)
def _quiet_logs():
    """A line for each of thousands of requests would be most of the work."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


pytestmark = [pytest.mark.django_db, pytest.mark.full]


def test_every_address_and_method_is_in_the_table():
    declared = {page.name: set(page.rules) for page in TABLE}
    answered = walk.addresses()

    assert len(declared) == len(TABLE), "an address stands in the table twice"
    assert set(answered) - set(declared) == set(), "addresses that nobody has judged"
    assert set(declared) - set(answered) == set(), "addresses that do not exist"
    for name, methods in answered.items():
        assert declared[name] <= methods, name


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_everybody_is_answered_as_the_table_says(method):
    found = walk.walk(method, TABLE)

    assert not found.report(), found.report()
    listed = {(page.name, method) for page in TABLE if method in page.rules}
    assert listed - found.succeeded == set(), "listed, but nobody ever succeeded"
    assert found.personas == set(PERSONAS)
    assert found.requests >= len(listed) * len(PERSONAS)
