"""Every page that a person can reach by links, looked at in both languages and at three widths."""

from __future__ import annotations

import pytest

from cms_portal.accounts.demo import GROUPS
from tests.browser.life import a_day
from tests.browser.walking import Walk, look_around

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

EVERYBODY = ["", *(persona.slug for _key, _title, people in GROUPS for persona in people)]


@pytest.fixture(autouse=True)
def _lived(demo):
    a_day()


@pytest.mark.parametrize("slug", EVERYBODY, ids=lambda slug: slug or "nobody")
def test_nothing_is_wrong_with_any_page_of_anybody(visit, slug):
    # One who is signed in looks at the public pages for all.
    way = Walk(visit(), most=3, with_public=slug in ("", "rosa"))
    assert look_around(way, slug) == []
    assert len(way.paths) >= 8
