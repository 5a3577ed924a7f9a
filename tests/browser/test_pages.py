"""Every page that a person can reach by links, looked at in both languages and at two widths."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from cms_portal.accounts.actions import choose_language
from cms_portal.accounts.models import User
from tests.browser.visitor import DESK, PHONE, Visitor, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Who walks; nobody first, who sees the public pages.
FAMILIES = ("rosa", "dana", "tess")
STAFF = ("ida", "sam", "mo", "ana", "pia")
# The quick walk crosses language and width; the slow one takes all four.
CROSSED = (("es", PHONE), ("en", DESK))
ALL = (*CROSSED, ("en", PHONE), ("es", DESK))
LINKS = "(all) => all.map((link) => link.href)"


@dataclass
class Walk:
    """A walk along the links of one person, each kind of page once."""

    visitor: Visitor
    kinds: set[tuple[str, str]] = field(default_factory=set)
    waiting: list[str] = field(default_factory=list)

    def pages(self, *starts: str) -> Iterator[str]:
        """Yield the path of each page with the browser on it; read its links afterwards."""
        self.waiting = list(starts)
        while self.waiting:
            path = self.waiting.pop(0)
            if not self._is_new(path):
                continue
            answer = self.visitor.page.request.get(self.visitor.address + path)
            if "text/html" not in answer.headers["content-type"] or not answer.ok:
                continue
            self.visitor.go(path)
            yield path
            self._read_links()

    def _is_new(self, path: str) -> bool:
        try:
            match = resolve(path)
        except Resolver404:
            return False
        kind = (match.view_name, match.kwargs.get("key", "") or match.kwargs.get("program", ""))
        if kind in self.kinds or match.view_name in ("ui:leave", "ui:gallery"):
            return False
        self.kinds.add(kind)
        return True

    def _read_links(self) -> None:
        for link in self.visitor.page.locator("a[href]").evaluate_all(LINKS):
            parts = urlsplit(link)
            if link.startswith(self.visitor.address):
                self.waiting.append(parts.path)


def look_at(visitor: Visitor, paths: list[str], sights: tuple[tuple[str, int], ...]) -> list[str]:
    """Return what is wrong with these pages, in each language at each width."""
    found = []
    for language, width in sights:
        visitor.page.set_viewport_size({"width": width, "height": 740})
        for path in paths:
            found += [
                f"{path} {language} {width}: {f}" for f in _look(visitor, path, language, width)
            ]
    return found


def _look(visitor: Visitor, path: str, language: str, width: int) -> list[str]:
    visitor.read_in(language)
    visitor.go(path)
    return faults_of(visitor.page, width, language)


def walk(visit: Callable[..., Visitor], slug: str, sights: tuple[tuple[str, int], ...]) -> Visitor:
    """Sign in, find the pages, and look at each; fail on anything wrong."""
    visitor = visit(width=DESK)
    start = ["/"]
    if slug:
        visitor.go("/demo/")
        visitor.page.locator(f'button[value="{slug}"]').click()
        start = [visitor.path]
    paths = list(Walk(visitor).pages(*start))
    found = []
    for sight in sights:
        if slug:
            user = User.objects.get(username=slug)
            choose_language(user=user, language=sight[0], by=user)
        found += look_at(visitor, paths, (sight,))
    assert found == []
    assert visitor.complaints == []
    visitor.paths = paths
    return visitor


@pytest.mark.parametrize("slug", ["", *FAMILIES[:1], *STAFF[:1]], ids=lambda slug: slug or "nobody")
def test_nothing_is_wrong_with_any_page(visit, slug):
    visitor = walk(visit, slug, CROSSED)
    assert len(visitor.paths) >= 8


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["", *FAMILIES, *STAFF], ids=lambda slug: slug or "nobody")
def test_nothing_is_wrong_with_any_page_of_anybody_in_any_way(visit, slug):
    walk(visit, slug, ALL)
