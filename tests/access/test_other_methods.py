"""What is neither GET nor POST tells a stranger nothing, and what is no page carries the headers, too."""

from __future__ import annotations

import pytest

from tests.access.answers import comparable, told, weak_headers
from tests.access.areas import documents, families, intake, notifications, work
from tests.access.asking import Asked
from tests.access.objects import arguments_of
from tests.access.rules import NOBODY, Rule
from tests.access.world import MISSING

pytestmark = pytest.mark.django_db
METHODS = ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"]
STRANGER = "newt"


def private_pages(group):
    areas = (documents, families, intake, notifications, work)
    return [
        page for area in areas for page in area.PAGES if page.about and page.world in ("", group)
    ]


@pytest.fixture
def ask(world):
    """Return a function that asks a page about a case as a stranger, by any method."""

    def answer(page, method, case):
        found = arguments_of(page.about, world.cases.get(case))
        asked = Asked(page, method, Rule(NOBODY), STRANGER, case, {**page.arguments, **found})
        return asked, world.browsers[STRANGER].ask(method, asked.url)

    return answer


@pytest.mark.parametrize("method", METHODS)
def test_a_stranger_learns_nothing_by_another_method(method, ask, world):
    pages = private_pages("sent")

    for page in pages:
        nothing, missing = ask(page, method, MISSING)
        asked, foreign = ask(page, method, "mateo")
        assert comparable(foreign, asked.url) == comparable(missing, nothing.url), str(asked)
        assert foreign.status_code == 404, str(asked)
        assert world.canaries.leaked(told(foreign), STRANGER) == []
        assert list(weak_headers(foreign)) == []
    assert len(pages) > 25


@pytest.mark.parametrize("address", ["/no/such/page/", "/children/1", "/%00/", "/papers/../"])
@pytest.mark.parametrize("persona", [STRANGER, "ida", "anonymous"])
def test_what_is_no_address_carries_the_headers(address, persona, world):
    answer = world.browsers[persona].ask("GET", address)

    assert answer.status_code in (301, 302, 404)
    assert list(weak_headers(answer)) == []


@pytest.mark.parametrize("length", [10, 100_000])
def test_a_form_of_another_site_is_refused_with_the_headers(length, client):
    client.handler.enforce_csrf_checks = True

    answer = client.post("/sign-in/", {"identifier": "x" * length})

    assert answer.status_code == 403
    assert list(weak_headers(answer)) == []
