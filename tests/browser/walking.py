"""Walks along the links of somebody's pages, and looks at each page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from django.urls import Resolver404, resolve

from cms_portal.access.table import PUBLIC, requirement_of
from cms_portal.accounts.actions import choose_language
from cms_portal.accounts.models import User
from tests.browser.life import not_linked
from tests.browser.visitor import DESK, PHONE, Visitor, axe_findings, broken_promises

# Language and width are crossed for axe; what else we promise is looked at in every way.
SIGHTS = (("es", PHONE), ("en", DESK))
WIDTHS = (PHONE, 375, DESK)
# No pages: the way out, which leaves at once, and files, which no browser shows in its window.
NO_PAGES = {
    *("ui:leave", "documents:file"),
    *("notifications:message_as_letter", "notifications:batch", "intake:notice_as_letter"),
    *("intake:appeal_pack", "intake:cover_sheet", "intake:proof_as_letter"),
    *("intake:envelope_file", "intake:envelope_page", "intake:envelope_page_small"),
}
LINKS = "(all) => all.map((link) => link.href)"

Kind = tuple[str, str, tuple[str, ...]]


@dataclass
class Walk:
    """A walk along the links of one person, at most `most` pages of each kind."""

    visitor: Visitor
    most: int = 1
    seen: Counter[Kind] = field(default_factory=Counter)
    with_public: bool = True
    paths: list[str] = field(default_factory=list)

    def pages(self, *starts: str) -> Iterator[str]:
        """Yield the path of each page with the browser on it; its links are read afterwards."""
        waiting = [*starts]
        while waiting:
            path = waiting.pop(0)
            if path in self.paths or not (self._is_wanted(path) or path in starts):
                continue
            self.visitor.go(path)
            self.paths.append(path)
            yield path
            waiting += self._links()

    def _is_wanted(self, path: str) -> bool:
        parts = urlsplit(path)
        try:
            match = resolve(parts.path)
        except Resolver404:
            return False
        is_public = requirement_of(match.view_name, match.func) == PUBLIC
        if match.view_name in NO_PAGES or (is_public and not self.with_public):
            return False
        which = match.kwargs.get("key", "") or match.kwargs.get("program", "")
        kind = (match.view_name, str(which), tuple(sorted(parse_qs(parts.query))))
        self.seen[kind] += 1
        return self.seen[kind] <= self.most

    def _links(self) -> list[str]:
        ours = self.visitor.address + "/"
        links = self.visitor.page.locator("a[href]").evaluate_all(LINKS)
        return [
            self.visitor.path_of(urlsplit(link)._replace(fragment="").geturl())
            for link in links
            if link.startswith(ours)
        ]


def arrive(visitor: Visitor, slug: str) -> str:
    """Sign in as one of the demo's people, or as nobody; return where the walk begins."""
    if not slug:
        return "/"
    visitor.go("/demo/")
    with visitor.page.expect_navigation():
        visitor.page.locator(f'button[value="{slug}"]').click()
    return visitor.path


def read_in(visitor: Visitor, slug: str, language: str) -> None:
    """Have this person, or nobody, read in a language from now on."""
    visitor.read_in(language)
    if slug:
        user = User.objects.get(username=slug)
        choose_language(user=user, language=language, by=user)


def look_around(way: Walk, slug: str) -> list[str]:
    """Look at one person's pages in both languages at every width; return what is wrong."""
    found: list[str] = []
    start = arrive(way.visitor, slug)
    read_in(way.visitor, slug, SIGHTS[0][0])
    for path in way.pages(start, *not_linked(slug)):
        found += _look(way.visitor, path, *SIGHTS[0])
    read_in(way.visitor, slug, SIGHTS[1][0])
    for path in way.paths:
        way.visitor.go(path)
        found += _look(way.visitor, path, *SIGHTS[1])
    return [f"{slug or 'nobody'}: {fault}" for fault in found + way.visitor.complaints]


def _look(visitor: Visitor, path: str, language: str, width: int) -> list[str]:
    faults = []
    for one in (*(other for other in WIDTHS if other != width), width):
        visitor.page.set_viewport_size({"width": one, "height": 740})
        faults += broken_promises(visitor.page, one, language)
    faults += axe_findings(visitor.page)
    return [f"{path} {language} {width}: {fault}" for fault in dict.fromkeys(faults)]
