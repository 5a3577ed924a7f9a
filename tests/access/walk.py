"""Asking every address, by every method, as everybody, about every case; and what each answer gave away."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import time_machine
from allauth.account.internal.flows.login import record_authentication
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.objects import arguments_of
from tests.access.rules import ASKED, PERSONAS, Page, Rule, Shown, expected
from tests.access.world import CASES, MISSING, World

ALL_CASES = " ".join(CASES)
# Tables that a page may write to while it is only looked at.
LOOKING_WRITES = {"audit_accessevent", "django_session", "portal_cache"}
VOLATILE_HEADERS = {"X-Request-ID", "Content-Length", "Set-Cookie", "Expires", "Date"}
_TOKENS = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+')


@dataclass
class Findings:
    """What the walk found; each list is a gate, and an empty one is a pass."""

    wrong_status: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    tells_missing_from_foreign: list[str] = field(default_factory=list)
    weak_headers: list[str] = field(default_factory=list)
    writing_gets: list[str] = field(default_factory=list)
    writing_refusals: list[str] = field(default_factory=list)
    wrong_looks: list[str] = field(default_factory=list)
    succeeded: set[tuple[str, str]] = field(default_factory=set)
    personas: set[str] = field(default_factory=set)
    cases: set[str] = field(default_factory=set)
    requests: int = 0

    def report(self, most: int = 40) -> str:
        """Return what failed, gate by gate; empty if nothing did."""
        lines = []
        for gate, failures in vars(self).items():
            if isinstance(failures, list) and failures:
                lines += [f"{gate.replace('_', ' ')}: {len(failures)}", *failures[:most]]
        return "\n".join(lines)


@dataclass
class Asked:
    """One request, and what should come of it."""

    page: Page
    method: str
    rule: Rule
    persona: str
    case: str
    arguments: dict[str, Any]

    @property
    def url(self) -> str:
        return reverse(self.page.name, kwargs=self.arguments)

    @property
    def is_allowed(self) -> bool:
        return self.case in self.rule.ok.get(self.persona, "no").split(" ")

    @property
    def wanted(self) -> set[int]:
        return expected(self.rule, self.persona, self.case, is_public=self.page.is_public)

    def __str__(self) -> str:
        return f"{self.method} {self.page.name} ({self.case or 'page'}) as {self.persona}"


@dataclass
class Answered:
    """What came of a request, before it was undone."""

    response: HttpResponse
    wrote: set[str]
    looks: int


class Browser:
    """Sends requests through all middleware as one person, without the cost of the test client."""

    handler = ClientHandler(enforce_csrf_checks=False)

    def __init__(self, user: Any | None):
        self.cookies: dict[str, str] = {}
        if user is not None:
            client = Client()
            client.force_login(user)
            # As somebody who signed in just now, so that no page asks to confirm it first.
            request = HttpRequest()
            request.session = session = client.session
            record_authentication(request, user, method="password", reauthenticated=True)
            session.save()
            self.cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    def ask(self, method: str, url: str, data: dict[str, Any]) -> HttpResponse:
        request = getattr(RequestFactory(), method.lower())(url, data)
        request.COOKIES.update(self.cookies)
        request._dont_enforce_csrf_checks = True
        if self.handler._middleware_chain is None:
            self.handler.load_middleware()
        return self.handler.get_response(request)


def walk(method: str, table: list[Page]) -> Findings:
    """Ask the whole table by one method, each group of pages in a world of its own."""
    found = Findings()
    # At one instant: an answer that differs by the clock would look like one that tells something.
    with time_machine.travel(datetime.now(UTC), tick=False):
        for group in sorted({page.world for page in table}):
            pages = [page for page in table if page.world == group and method in page.rules]
            if pages:
                with undone():
                    Walker(World(), pages, found).walk(method)
    return found


class Walker:
    """Sends the requests of a table into a world, and undoes each."""

    def __init__(self, world: World, table: list[Page], found: Findings | None = None):
        self.world, self.table = world, table
        self.found = found or Findings()
        self.browsers = {name: Browser(world.people.get(name)) for name in PERSONAS}
        self.missing_answers: dict[tuple[str, str, str], str] = {}
        for page in table:  # what the table speaks of is made before anybody asks
            list(self._addresses(page))
        self.writes, self.looks = _writes()

    def walk(self, method: str) -> Findings:
        for page in self.table:
            if (rule := page.rules.get(method)) is not None:
                for asked in self._questions(page, method, rule):
                    self._judge(asked, self.ask(asked))
        return self.found

    def _questions(self, page: Page, method: str, rule: Rule) -> Iterator[Asked]:
        for case, arguments in self._addresses(page):
            for persona in PERSONAS:
                if case in ("", MISSING) or case in ASKED.get(persona, ALL_CASES).split(" "):
                    yield Asked(page, method, rule, persona, case, arguments)

    def _addresses(self, page: Page) -> Iterator[tuple[str, dict[str, Any]]]:
        if not page.about:
            given = page.arguments
            yield "", given(self.world) if callable(given) else dict(given)
            return
        # The missing one first: all other refusals are compared with its answer.
        for case in [MISSING, *CASES]:
            found = arguments_of(page.about, self.world.cases.get(case))
            if found is not None:
                yield case, {**page.arguments, **found}

    def ask(self, asked: Asked, **more: Any) -> Answered:
        """Send one request and undo what it did."""
        rule, case = asked.rule, self.world.cases.get(asked.case)
        data = rule.data(self.world, case) if asked.method == "POST" else {}
        with undone():
            if isinstance(rule.sends, Shown) and asked.method == "POST":
                shown = self.browsers[asked.persona].ask("GET", asked.url, {})
                data = form_fields(shown.content.decode()) | data
            response = self.browsers[asked.persona].ask(asked.method, asked.url, data | more)
            writes, looks = _writes()
        wrote = {name for name, count in writes.items() if count != self.writes.get(name, 0)}
        self.writes = writes
        return Answered(response, wrote, looks - self.looks)

    def _judge(self, asked: Asked, answered: Answered) -> None:
        found, status = self.found, answered.response.status_code
        found.requests += 1
        found.personas.add(asked.persona)
        found.cases.add(asked.case)
        if status not in asked.wanted:
            found.wrong_status.append(f"{asked}: {status}, not {asked.wanted}")
        elif asked.is_allowed:
            found.succeeded.add((asked.page.name, asked.method))
        told = self.world.canaries.leaked(_told(answered.response), asked.persona)
        if asked.page.shows_everybody:
            told = []
        found.leaks += [f"{asked}: tells the {place}" for place in told]
        found.weak_headers += [f"{asked}: {what}" for what in weak_headers(answered.response)]
        self._judge_writes(asked, answered.wrote)
        self._judge_looks(asked, answered)
        if status in (302, 404) and not asked.is_allowed:
            self._compare_with_missing(asked, answered.response)

    def _judge_writes(self, asked: Asked, wrote: set[str]) -> None:
        unexpected = sorted(wrote - LOOKING_WRITES)
        if unexpected and asked.method == "GET":
            self.found.writing_gets.append(f"{asked}: wrote to {unexpected}")
        if unexpected and asked.method != "GET" and not asked.is_allowed:
            self.found.writing_refusals.append(f"{asked}: wrote to {unexpected}")

    def _judge_looks(self, asked: Asked, answered: Answered) -> None:
        """A page about something leaves one note of who looked; a refusal leaves none."""
        page = asked.page
        wanted = page.looks if page.looks is not None else int(bool(page.about))
        if not asked.is_allowed:
            wanted = 0
        elif answered.response.status_code != 200:
            return
        if wanted >= 0 and answered.looks != wanted:
            self.found.wrong_looks.append(f"{asked}: {answered.looks} notes, not {wanted}")

    def _compare_with_missing(self, asked: Asked, response: HttpResponse) -> None:
        answer = comparable(response, asked.url)
        key = (asked.page.name, asked.method, asked.persona)
        if asked.case == MISSING:
            self.missing_answers[key] = answer
        elif key in self.missing_answers and answer != self.missing_answers[key]:
            self.found.tells_missing_from_foreign.append(str(asked))


class undone:
    """Undo everything that a request did, so that the next one finds the world as it was."""

    def __enter__(self) -> None:
        self.point = transaction.savepoint()

    def __exit__(self, *error: Any) -> None:
        transaction.savepoint_rollback(self.point)


def _writes() -> tuple[dict[str, int], int]:
    """Return how many rows this transaction wrote to each table, undone ones too; and the read events."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
            " UNION ALL SELECT '', count(*) FROM audit_accessevent"
        )
        counts = dict(cursor.fetchall())
    return counts, counts.pop("")


def _told(response: HttpResponse) -> str:
    body = b"".join(response) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{headers}\n{body.decode(errors='replace')}"


def comparable(response: HttpResponse, url: str) -> str:
    """Return an answer without what differs at every request: its own address and the page's tokens."""
    headers = sorted(
        f"{name}: {value}" for name, value in response.items() if name not in VOLATILE_HEADERS
    )
    body = _TOKENS.sub(r"\1", response.content.decode(errors="replace"))
    return (
        "\n".join([str(response.status_code), *headers, body])
        .replace(quote(url, safe=""), "HERE")
        .replace(url, "HERE")
    )


def form_fields(html: str) -> dict[str, Any]:
    """Return what the forms of a page would send as they stand."""
    reader = _FormReader()
    reader.feed(html)
    return reader.fields


class _FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Any] = {}
        self.names: set[str] = set()
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in pairs}
        name = given.get("name", "")
        if name:
            self.names.add(name)
        if tag == "input" and name:
            is_box = given.get("type") in ("checkbox", "radio")
            if given.get("type") != "submit" and (not is_box or "checked" in given):
                self.fields[name] = given.get("value", "on" if is_box else "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.fields[self._select] = given.get("value", "")
        elif tag == "textarea" and name:
            self._textarea, self.fields[name] = name, ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.fields[self._textarea] += data.lstrip("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._textarea = ""


def weak_headers(response: HttpResponse) -> Iterator[str]:
    """Yield what an answer lacks of the headers that every answer carries."""
    policy = response.headers.get("Content-Security-Policy", "")
    is_closed = "default-src 'self'" in policy or "default-src 'none'" in policy
    if not is_closed or "unsafe-" in policy:
        yield f"content policy {policy!r}"
    for name, allowed in {
        "X-Content-Type-Options": {"nosniff"},
        "X-Frame-Options": {"DENY"},
        "Referrer-Policy": {"same-origin", "strict-origin", "no-referrer"},
        "Cross-Origin-Opener-Policy": {"same-origin"},
    }.items():
        if response.headers.get(name) not in allowed:
            yield f"{name}: {response.headers.get(name)}"
    if "X-Request-ID" not in response.headers:
        yield "no request id"


def addresses() -> dict[str, set[str]]:
    """Return every address of the portal, by name, with the methods its view answers."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, pattern in _patterns(get_resolver().url_patterns, ""):
        found[name] |= methods_of(pattern.callback)
    return dict(found)


def methods_of(view: Any) -> set[str]:
    """Return GET and POST as far as a view answers them; a function that does not say answers both."""
    view_class = getattr(view, "view_class", None)
    if view_class is None:
        return {"GET", "POST"}
    return {
        method.upper()
        for method in view_class.http_method_names
        if method in ("get", "post") and hasattr(view_class, method)
    }


def _patterns(patterns: Any, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            namespace = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _patterns(pattern.url_patterns, prefix + namespace)
        else:
            yield f"{prefix}{pattern.name or pattern.pattern}", pattern
