"""Every page that a person can reach by links, looked at in both languages and at three widths."""

from __future__ import annotations

from collections import Counter

import pytest

from cms_portal.accounts.demo import GROUPS
from tests.browser.life import a_day
from tests.browser.walking import Kind, Walk, look_around

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EVERYBODY = ["", *(persona.slug for _key, _title, people in GROUPS for persona in people)]
# Whose pages, taken together, are of every kind that a family sees; nobody sees the public pages.
PUBLIC_AND_FAMILIES = ("", "rosa", "dana", "ben", "tess")


@pytest.fixture(autouse=True)
def _lived(demo):
    a_day()


def test_nothing_is_wrong_with_one_page_of_each_kind_for_families(visit):
    seen: Counter[Kind] = Counter()
    found, looked = [], 0
    for slug in PUBLIC_AND_FAMILIES:
        way = Walk(visit(), seen=seen, with_public=not slug)
        found += look_around(way, slug)
        looked += len(way.paths)
    assert found == []
    assert looked >= 30


@pytest.mark.slow
@pytest.mark.parametrize("slug", EVERYBODY, ids=lambda slug: slug or "nobody")
def test_nothing_is_wrong_with_any_page_of_anybody(visit, slug):
    # One who is signed in looks at the public pages for all.
    way = Walk(visit(), most=3, with_public=slug in ("", "rosa"))
    assert look_around(way, slug) == []
    assert len(way.paths) >= 8
