"""A page about a child leaves one note of who looked; where the note cannot be kept, there is no page."""

from __future__ import annotations

import re

import pytest
from django.db import OperationalError, connection

from cms_portal.audit.models import AccessEvent
from tests.access.answers import told, weak_headers
from tests.access.canaries import PATTERN
from tests.access.meter import LOOKS, undone
from tests.access.rules import ANY_NUMBER, PERSONAS
from tests.access.table import AREAS, pages_of, parts
from tests.access.walk import Walker

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
NO_PAGE = {500, 503}
# The other pages answer with a name in these only for the person's own account or work.
PAGES_THAT_NOTE = 20


def no_notes(execute, sql, params, many, context):
    if isinstance(sql, str) and LOOKS in sql and re.search(r"\bINSERT\b", sql):
        raise OperationalError("the disk is full")
    return execute(sql, params, many, context)


def noted(walker):
    """Yield one allowed request for each page that notes who looks."""
    for page in walker.table:
        if page.looks not in (0, ANY_NUMBER) and page.about:
            asked = walker.an_allowed(page, "GET", PERSONAS)
            assert asked is not None, page.name
            yield asked


@pytest.mark.parametrize(("area", "group"), parts("GET"))
def test_where_the_note_fails_there_is_no_page(area, group, world):
    walker = Walker(world, [page for page in pages_of(area, group) if page.get])

    for asked in noted(walker):
        with undone(), connection.execute_wrapper(no_notes):
            response = walker.ask(asked)
        assert response.status_code in NO_PAGE, str(asked)
        assert not PATTERN.search(told(response)), str(asked)
        assert list(weak_headers(response)) == [], str(asked)


def test_enough_pages_note_who_looks():
    pages = [page for area in AREAS.values() for page in area if page.get and page.about]

    assert len([page for page in pages if page.looks != 0]) >= PAGES_THAT_NOTE


def names_of(world):
    """Return the words that name each child, with the child."""
    return {
        word: case.child.pk
        for case in world.cases.values()
        for word in PATTERN.findall(f"{case.child.full_name} {case.child.preferred_name}")
    }


@pytest.mark.parametrize(("area", "group"), parts("GET"))
def test_a_list_that_names_a_child_notes_it(area, group, world):
    walker = Walker(world, [page for page in pages_of(area, group) if page.looks == ANY_NUMBER])
    names = names_of(world)

    for page in walker.table:
        for asked in walker.questions(page, "GET") if page.get else []:
            if not asked.is_allowed:
                continue
            with undone():
                before = set(AccessEvent.objects.values_list("pk", flat=True))
                words = set(PATTERN.findall(told(walker.ask(asked))))
                seen = AccessEvent.objects.exclude(pk__in=before).values_list("child", "actor")
                assert {names[word] for word in words & set(names)} <= {c for c, _a in seen}, asked
                assert {actor for _c, actor in seen} <= {world.people[asked.persona].pk}


def test_everybody_is_asked_as_somebody(world):
    assert set(world.browsers) == set(PERSONAS)
