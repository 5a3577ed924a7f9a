"""No page asks the database more often for thirty rows than for three, and none more than twelve times."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.pages import MOST_QUERIES
from cms_portal.access import same_page
from cms_portal.families.views.child import ChildPage
from tests.bench.growing import MANY, PAGES, Cast, Grown
from tests.bench.growing import child as page_of_a_child
from tests.factories import FamilyFactory, StaffFactory
from tests.intake.conftest import office

__all__ = ["office"]
pytestmark = pytest.mark.django_db
FEW = 3
# Each list that was told is read once, and so is who said each page. The dense page also asks who is
# speaking, and a review what was asked for, told and looked at again.
MORE = {"phone": 1, "review": 5}
# A page is a transaction of its own; inside the test's, that is a savepoint, and its release.
OF_THE_TEST = 2


@pytest.fixture
def cast(office):
    ida = StaffFactory(role="intake-worker", office=office)
    sam = StaffFactory(role="program-supervisor", program=office.program)
    return Cast(office, ida, sam, FamilyFactory(household__county=office.county))


def _ask(client: Client, grown: Grown) -> Any:
    if not grown.data:
        return client.get(grown.address)
    # Each time as from a page opened anew.
    return client.post(grown.address, grown.data | {same_page.TOKEN: secrets.token_hex(16)})


def asked(client: Client, grown: Grown) -> int:
    """Return how often one request asks the database, as it does outside of a test."""
    with CaptureQueriesContext(connection) as queries:
        answered = _ask(client, grown)
    assert answered.status_code == grown.answers
    return len(queries) - OF_THE_TEST


def counts(client: Client, grown: Grown) -> tuple[int, int]:
    """Return the number of queries with few rows and with many."""
    client.force_login(grown.who)
    for number in range(FEW):
        grown.add(number)
    # Its first request writes down the time of the click, and Django reads the content types once.
    client.get(grown.address)
    few = asked(client, grown)
    for number in range(FEW, grown.most):
        grown.add(number)
    return few, asked(client, grown)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_as_often_for_thirty_rows_as_for_three(client, cast, name):
    few, many = counts(client, PAGES[name](cast))

    assert few == many
    assert many <= MOST_QUERIES + MORE.get(name, 0)


def test_a_page_that_reads_row_by_row_is_found(client, cast, monkeypatch):
    frugal = ChildPage.page

    def forgetful(self: ChildPage) -> dict[str, Any]:
        homes = [row.guardian.household for row in self.object.authorities.all()]
        return frugal(self, homes=homes)

    monkeypatch.setattr(ChildPage, "page", forgetful)

    few, many = counts(client, page_of_a_child(cast))

    assert many - few == 2 * (MANY - FEW)
