"""A visitor's browser: it goes nowhere but to the portal, and writes down what pages complain of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, Route

from tests.browser.keyboard import Keyboard

PHONE, DESK = 320, 1280
# Listed by axe as a fault of the page, although nothing is wrong with it: none so far.
KNOWN: set[str] = set()
RUN_AXE = "axe.run({ resultTypes: ['violations'] }).then((results) => results.violations)"
FACTS = """() => ({
  headings: document.querySelectorAll("h1").length,
  title: document.title,
  language: document.documentElement.lang,
  sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  twice: [...document.querySelectorAll("[id]")].map((e) => e.id)
    .filter((id, at, all) => all.indexOf(id) !== at),
})"""


def go_nowhere_else(target: Page | BrowserContext, address: str) -> None:
    """Let requests to the portal through, and answer every other with a page about nothing."""

    def answer(route: Route) -> None:
        if route.request.url.startswith(address):
            route.continue_()
        else:
            route.fulfill(
                body='<html lang="en"><title>Elsewhere</title><h1>Weather</h1></html>',
                content_type="text/html",
            )

    target.route("**/*", answer)


@dataclass
class Seen:
    """One page as it was shown."""

    address: str
    html: str
    language: str


@dataclass
class Visitor:
    """One person at one browser window."""

    page: Page
    address: str
    seen: list[Seen] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keys = Keyboard(self.page)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("response", self._check)
        self.page.on("requestfailed", self._miss)

    def _hear(self, message: Any) -> None:
        # What failed to load is told by its answer, and by `_miss`.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def _check(self, response: Any) -> None:
        # A form sent back with its errors is answered 422.
        if response.status >= 400 and response.status != 422:
            self.complaints.append(f"{response.status}: {self.path_of(response.url)}")

    def _miss(self, request: Any) -> None:
        # A page left early stops loading, which is no failure.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.complaints.append(f"{request.failure}: {self.path_of(request.url)}")

    def path_of(self, url: str) -> str:
        return url.removeprefix(self.address)

    @property
    def path(self) -> str:
        return self.path_of(self.page.url)

    def go(self, path: str) -> None:
        """Type an address."""
        self.page.goto(self.address + path)

    def read_in(self, language: str) -> None:
        """Have chosen a language in this browser on an earlier visit."""
        cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": self.address}
        self.page.context.add_cookies([cookie])

    def look(self) -> Seen:
        """Remember the page as it is now."""
        seen = Seen(
            self.page.url,
            self.page.content(),
            self.page.locator("html").get_attribute("lang") or "",
        )
        self.seen.append(seen)
        return seen

    def follow(self, selector: str, key: str = "Enter") -> None:
        """Press a link or button by keyboard, and remember the page it leads to."""
        self.keys.follow(selector, key)
        self.look()

    def sign_in(self, slug: str) -> None:
        """Choose one of the demo's people, by keyboard."""
        self.go("/demo/")
        self.look()
        self.follow(f'button[name="persona"][value="{slug}"]')

    def sign_out(self) -> None:
        self.follow('.account button[type="submit"]')

    def text(self) -> str:
        return self.page.locator("body").inner_text()


def axe_findings(page: Page) -> list[str]:
    """Return the rule and the place of everything axe finds."""
    violations = page.evaluate(f"{AXE_SCRIPT}; {RUN_AXE}")
    return [
        f"axe {rule['id']}: {node['target'][0]}"
        for rule in violations
        for node in rule["nodes"]
        if rule["id"] not in KNOWN
    ]


def broken_promises(page: Page, width: int, language: str) -> list[str]:
    """Return which of our own promises about every page this one breaks."""
    facts = page.evaluate(FACTS)
    faults = []
    if facts["headings"] != 1:
        faults.append(f"{facts['headings']} h1")
    if not facts["title"].partition("·")[0].strip():
        faults.append("no title")
    if facts["language"] != language:
        faults.append(f"lang is {facts['language']}, not {language}")
    if facts["sideways"] > 0:
        faults.append(f"scrolls sideways by {facts['sideways']} at {width}")
    if facts["twice"]:
        faults.append(f"ids used twice: {facts['twice']}")
    return faults


def faults_of(page: Page, width: int, language: str) -> list[str]:
    """Return what is wrong with a page in which script runs: axe's findings, and what we promise."""
    return axe_findings(page) + broken_promises(page, width, language)


class Inspector:
    """Looks at pages that somebody saw, again and with script, which axe needs."""

    def __init__(self, page: Page, address: str):
        self.page = page
        self.shown = ""
        go_nowhere_else(page, address)
        page.route("**/*", self._answer)

    def _answer(self, route: Route) -> None:
        if route.request.resource_type == "document":
            route.fulfill(body=self.shown, content_type="text/html; charset=utf-8")
        else:
            route.fallback()

    def faults(self, visitor: Visitor, widths: tuple[int, ...] = (PHONE, DESK)) -> list[str]:
        """Return what is wrong with the pages a visitor saw, each page and width once."""
        found = []
        pages = {(seen.address, len(seen.html)): seen for seen in visitor.seen}
        for seen in pages.values():
            self.shown = seen.html
            self.page.goto(seen.address)
            for width in widths:
                self.page.set_viewport_size({"width": width, "height": 740})
                found += [
                    f"{visitor.path_of(seen.address)} at {width}: {fault}"
                    for fault in broken_promises(self.page, width, seen.language)
                ]
            found += [
                f"{visitor.path_of(seen.address)}: {fault}" for fault in axe_findings(self.page)
            ]
        return found
