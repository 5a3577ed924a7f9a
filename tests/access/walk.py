"""Asking every address, by every method, as everybody, about every case; and what each answer gave away."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.objects import arguments_of
from tests.access.rules import ANONYMOUS, PERSONAS, Page, Rule, expected
from tests.access.world import CASES, MISSING, World

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
    looks: list[str] = field(default_factory=list)
    succeeded: set[tuple[str, str]] = field(default_factory=set)
    personas: set[str] = field(default_factory=set)
    requests: int = 0

    def gates(self) -> dict[str, list[str]]:
        return {name: value for name, value in vars(self).items() if isinstance(value, list)}


class Walker:
    """Sends the requests of a table into a world, and undoes each."""

    def __init__(self, world: World, table: list[Page], personas: list[str] | None = None):
        self.world, self.table = world, table
        self.personas = personas or PERSONAS
        self.found = Findings()
        self.clients = {name: self._sign_in(name) for name in self.personas}
        self.missing_answers: dict[tuple[str, str, str], str] = {}

    def _sign_in(self, name: str) -> Client:
        client = Client(raise_request_exception=False)
        if name != ANONYMOUS:
            client.force_login(self.world.people[name])
        return client

    def walk(self, method: str) -> Findings:
        for page in self.table:
            if (rule := page.rules.get(method)) is not None:
                self._ask_everybody(page, method, rule)
        return self.found

    def _ask_everybody(self, page: Page, method: str, rule: Rule) -> None:
        is_public = _is_public(page)
        for case, arguments in self._addresses(page):
            for persona in self.personas:
                wanted = expected(rule, persona, case, is_public=is_public)
                asked = Asked(page, method, rule, persona, case, arguments, wanted)
                with undone():
                    response, wrote = self._send(asked)
                self._judge(asked, response, wrote)

    def _addresses(self, page: Page) -> Iterator[tuple[str, dict[str, Any]]]:
        if not page.about:
            yield "", dict(page.arguments)
            return
        # The missing one first: all other refusals are compared with its answer.
        for case in [MISSING, *CASES]:
            found = arguments_of(page.about, self.world.cases.get(case))
            if found is not None:
                yield case, {**page.arguments, **found}

    def _send(self, asked: Asked) -> tuple[HttpResponse, set[str]]:
        client, rule = self.clients[asked.persona], asked.rule
        data = rule.sends(self.world, self.world.cases.get(asked.case)) if rule.sends else {}
        cookies = client.cookies.copy()
        before = _writes()
        response = getattr(client, asked.method.lower())(asked.url, data)
        wrote = {name for name, count in _writes().items() if count != before.get(name, 0)}
        client.cookies = cookies
        return response, wrote

    def _judge(self, asked: Asked, response: HttpResponse, wrote: set[str]) -> None:
        found = self.found
        found.requests += 1
        found.personas.add(asked.persona)
        if response.status_code not in asked.wanted:
            found.wrong_status.append(f"{asked}: {response.status_code}, not {asked.wanted}")
        elif asked.is_allowed:
            found.succeeded.add((asked.page.name, asked.method))
        told = _told(response)
        for place in self.world.canaries.leaked(told, asked.persona):
            found.leaks.append(f"{asked}: tells the {place}")
        found.weak_headers += [f"{asked}: {what}" for what in weak_headers(response)]
        self._judge_writes(asked, wrote)
        if response.status_code in (302, 404) and not asked.is_allowed:
            self._compare_with_missing(asked, response)

    def _judge_writes(self, asked: Asked, wrote: set[str]) -> None:
        unexpected = sorted(wrote - LOOKING_WRITES)
        if unexpected and asked.method == "GET":
            self.found.writing_gets.append(f"{asked}: wrote to {unexpected}")
        if unexpected and asked.method != "GET" and not asked.is_allowed:
            self.found.writing_refusals.append(f"{asked}: wrote to {unexpected}")
        if "audit_accessevent" in wrote and not asked.is_allowed:
            self.found.looks.append(f"{asked}: noted as a look")

    def _compare_with_missing(self, asked: Asked, response: HttpResponse) -> None:
        answer = comparable(response, asked.url)
        key = (asked.page.name, asked.method, asked.persona)
        if asked.case == MISSING:
            self.missing_answers[key] = answer
        elif key in self.missing_answers and answer != self.missing_answers[key]:
            self.found.tells_missing_from_foreign.append(str(asked))


@dataclass
class Asked:
    """One request, and what should come of it."""

    page: Page
    method: str
    rule: Rule
    persona: str
    case: str
    arguments: dict[str, Any]
    wanted: set[int]

    @property
    def url(self) -> str:
        return reverse(self.page.name, kwargs=self.arguments)

    @property
    def is_allowed(self) -> bool:
        return self.wanted == set(self.rule.answers) and (
            self.case in self.rule.ok.get(self.persona, "no").split(" ")
        )

    def __str__(self) -> str:
        return f"{self.method} {self.page.name} ({self.case or 'page'}) as {self.persona}"


class undone:
    """Undo everything that a request did, so that the next one finds the world as it was."""

    def __enter__(self) -> None:
        self.point = transaction.savepoint()

    def __exit__(self, *error: Any) -> None:
        transaction.savepoint_rollback(self.point)


def _writes() -> dict[str, int]:
    """Return how many rows this transaction has written to each table, undone ones included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return dict(cursor.fetchall())


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
    return "\n".join([str(response.status_code), *headers, body]).replace(url, "THIS ADDRESS")


def weak_headers(response: HttpResponse) -> Iterator[str]:
    """Yield what an answer lacks of the headers that every answer carries."""
    policy = response.headers.get("Content-Security-Policy", "")
    if "default-src 'self'" not in policy or "unsafe-" in policy:
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


def _is_public(page: Page) -> bool:
    return ANONYMOUS in {**(page.get or Rule({})).ok, **(page.post or Rule({})).ok}


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
