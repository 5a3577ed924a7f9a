"""Words stay words: sixty payloads in every field for text, shown to every role, and none runs.

The pages' own policy would stop most of them; here the browser is told to ignore it.
"""

from __future__ import annotations

from copy import deepcopy

import pytest
from django.urls import reverse

from cms_portal.accounts.actions import change_name
from cms_portal.accounts.demo import SLUGS
from cms_portal.accounts.models import User
from tests.browser.intruder import Intruder
from tests.browser.leaving import open_session
from tests.browser.life import a_day, not_linked
from tests.browser.payloads import PAYLOADS
from tests.browser.visitor import DESK, Visitor
from tests.browser.walking import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# In the order in which words travel: the public and families write, staff write about them.
WRITERS = ("", "rosa", "ida", "sam", "ana")
# These end what the next page of the walk needs; their words are a reason, as on other pages.
ENDS = ("withdraw", "/end/", "/block/", "/custody/", "/move/", "/close/", "/take-back/", "sign-out")


@pytest.fixture
def window(browser, portal):
    """Return a function that opens a window of somebody in which no policy holds scripts back."""
    contexts = []

    def open_window(slug: str) -> tuple[Visitor, Intruder]:
        context = browser.new_context(
            bypass_csp=True, viewport={"width": DESK, "height": 740}, reduced_motion="reduce"
        )
        contexts.append(context)
        visitor = Visitor(context.new_page(), portal)
        if slug:
            open_session(visitor.page, portal, slug)
        return visitor, Intruder(context)

    yield open_window
    for context in contexts:
        context.close()


def test_no_words_of_anybody_run_on_anybodys_page(window):
    a_day()
    windows = {slug: window(slug) for slug in ("", *sorted(SLUGS))}
    # Found now: later nobody is called by the name they had.
    starts = {slug: [reverse("home") if slug else "/", *not_linked(slug)] for slug in windows}
    for boldly in (True, False):
        for slug in WRITERS:
            visitor, intruder = windows[slug]
            for path in Walk(visitor, with_public=not slug).pages(*starts[slug]):
                if not any(part in path for part in ENDS):
                    intruder.write_everywhere(visitor.page, boldly=boldly)

    for slug, (visitor, intruder) in windows.items():
        most = 2 if slug in WRITERS else 1
        for _path in Walk(visitor, most, with_public=not slug).pages(*starts[slug]):
            intruder.look(visitor.page)

    intruders = {slug: intruder for slug, (_visitor, intruder) in windows.items()}
    assert {slug: one.did for slug, one in intruders.items() if one.did} == {}
    used = [place for one in intruders.values() for place in one.used.items()]
    assert {number for _place, numbers in used for number in numbers} == {*range(len(PAYLOADS))}
    assert {place for place, numbers in used if len(numbers) < 2} == set()
    assert len({place for place, _numbers in used}) >= 40
    # The words are there to be read: it is not that nobody saw them.
    assert [slug for slug in WRITERS if not intruders[slug].shown] == []


def test_words_that_a_template_lets_run_are_found(window, settings, tmp_path):
    page = tmp_path / "accounts" / "own" / "home.html"
    page.parent.mkdir(parents=True)
    page.write_text(
        '{% extends "base_family.html" %}{% block content %}{{ user.name|safe }}{% endblock %}'
    )
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [tmp_path, *templates[0]["DIRS"]]
    settings.TEMPLATES = templates
    joe = User.objects.get(username="joe")
    visitor, intruder = window("joe")
    found = set()
    for number, payload in enumerate(PAYLOADS):
        change_name(user=joe, name=payload, by=joe)
        visitor.go(reverse("account_home"))
        intruder.look(visitor.page)
        if intruder.did:
            found.add(number)
        intruder.did.clear()
    # A few of them wait for a place inside a tag, or for a page's own script to read them.
    assert len(found) >= 50
