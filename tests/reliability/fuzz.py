"""Hostile posts and addresses, drawn by lot from a seed: the same seed sends the same."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_from_bytes

from django.core.signals import got_request_exception
from django.http import HttpResponse
from django.test import RequestFactory

from tests.access.answers import field_names, form_fields
from tests.access.asking import Asked
from tests.access.meter import undone
from tests.access.rules import PERSONAS, STAFF
from tests.access.walk import Walker
from tests.reliability.hostile_values import (
    HEADER_WORDS,
    HEADERS,
    QUERIES,
    SEGMENTS,
    THIRTIETH_OF_FEBRUARY,
    VALUES,
)

Field = tuple[str, bytes]

NOT_FOUND = 404


@dataclass
class Target:
    """One form or address, the person at it, and what its form would send as it stands."""

    asked: Asked
    walker: Walker
    fields: list[Field]

    @property
    def name(self) -> str:
        return self.asked.page.name


@dataclass
class Findings:
    """What came of it: each error of ours with its cause, and each refusal that lost a word."""

    requests: int = 0
    errors: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    by_status: dict[int, int] = field(default_factory=dict)
    pages: set[str] = field(default_factory=set)
    refusals_compared: int = 0


FAMILIES = ("rosa", "dana", "tess")
OTHERS = (*STAFF, *(who for who in PERSONAS if who not in {*FAMILIES, *STAFF}))


def targets(walker: Walker) -> list[Target]:
    """Return every form and page of a table, for a family and for staff who may; some for who may not."""
    found = []
    for place, page in enumerate(walker.table):
        for method in page.rules:
            chosen = [walker.an_allowed(page, method, who) for who in (FAMILIES, OTHERS)]
            if place % 5 == 0:
                asked = walker.questions(page, method)
                chosen.append(next((one for one in asked if not one.is_allowed), None))
            found += [target for one in chosen if one and (target := _target(walker, one))]
    return found


def _target(walker: Walker, asked: Asked) -> Target | None:
    """Return what to aim at; nothing where this case has no such page, as with a question of another age."""
    told: dict[str, Any] = {}
    names = set[str]()
    if asked.method == "POST":
        told = walker.data(asked, asked.rule)
        if asked.is_allowed and "GET" in asked.page.rules:
            with undone():
                page = walker.world.browsers[asked.persona].ask("GET", asked.url)
            if page.status_code == NOT_FOUND:
                return None
            told, names = form_fields(page) | told, field_names(page)
    fields = [(name, str(one).encode()) for name, given in told.items() for one in _all(given)]
    blank = [(name, b"") for name in sorted(names - set(told))]
    return Target(asked, walker, fields + blank)


def _all(given: Any) -> list[Any]:
    return list(given) if isinstance(given, list | tuple) else [given]


class Fuzz:
    """Sends hostile requests at the targets, and undoes each."""

    def __init__(self, seed: str):
        self.lot, self.found = random.Random(seed), Findings()
        self.factory = RequestFactory()
        self.cause = ""

    def run(self, aims: list[Target], count: int) -> None:
        got_request_exception.connect(self._note_cause)
        try:
            for number in range(count):
                # Each form in turn, so that none is left out; how it is bent is drawn by lot.
                self._send(aims[number % len(aims)])
        finally:
            got_request_exception.disconnect(self._note_cause)

    def _note_cause(self, **kwargs: Any) -> None:
        import sys
        import traceback

        self.cause = "".join(traceback.format_exception(*sys.exc_info())[-3:])

    def _send(self, target: Target) -> None:
        self.cause = ""
        url, sent, body = target.asked.url, target.fields, None
        if target.asked.method == "POST" and self.lot.random() < 0.9:
            sent = list(self._bent(target.fields))
            body = b"&".join(_quoted(name) + b"=" + _quoted(value) for name, value in sent)
        elif target.asked.method == "POST":
            body = b"&".join(_quoted(name) + b"=" + _quoted(value) for name, value in sent)
            url = self._bent_url(url)
        else:
            url = self._bent_url(url)
        with undone():
            response = self._ask(target, url, body)
            if not response.streaming:
                response.content  # noqa: B018 - it is rendered
        self._judge(target, url, sent, response)

    def _ask(self, target: Target, url: str, body: bytes | None) -> HttpResponse:
        browser = target.walker.world.browsers[target.asked.persona]
        if body is None:
            request = self.factory.get(url, headers=self._headers())
        else:
            kind = "application/x-www-form-urlencoded"
            request = self.factory.post(url, body, content_type=kind, headers=self._headers())
        request.COOKIES.update(browser.cookies)
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        if browser.handler._middleware_chain is None:
            browser.handler.load_middleware()
        return browser.handler.get_response(request)

    def _headers(self) -> dict[str, str]:
        if self.lot.random() > 0.1:
            return {}
        name, words = self.lot.choice(HEADERS), self.lot.choice(HEADER_WORDS)
        return {name: words}

    def _bent(self, fields: list[Field]) -> Iterator[Field]:
        """Yield a form's fields with a few of them bent, dropped, repeated or taken for a list."""
        lot = self.lot
        chosen = set(lot.sample(range(len(fields)), min(len(fields), lot.randint(1, 3))))
        february = lot.random() < 0.15
        for place, (name, value) in enumerate(fields):
            part = name.rpartition("_")[2]
            if february and part in THIRTIETH_OF_FEBRUARY:
                yield name, THIRTIETH_OF_FEBRUARY[part]
            elif place in chosen or (name.endswith("_FORMS") and lot.random() < 0.3):
                yield from self._bent_field(name, value)
            else:
                yield name, value
        if lot.random() < 0.1:
            yield (
                lot.choice(["a\0b", "x" * 300, "__proto__", "id", "pk", "user"]),
                lot.choice(VALUES),
            )

    def _bent_field(self, name: str, value: bytes) -> list[Field]:
        bent = self.lot.choice(VALUES)
        return self.lot.choice(
            [
                [(name, bent)],
                [(name, bent)],
                [(name, bent)],
                [],
                [(name, value), (name, bent)],
                [(name, bent)] * 3,
                [(f"{name}[]", value)],
                [(f"{name}[0]", value), (f"{name}.x", value)],
                [(name, value + bent)],
            ]
        )

    def _bent_url(self, url: str) -> str:
        lot = self.lot
        parts = url.split("/")
        places = [place for place, part in enumerate(parts) if part]
        if places and lot.random() < 0.6:
            numbers = [place for place in places if re.search(r"\d", parts[place])] or places
            parts[lot.choice(numbers)] = lot.choice(SEGMENTS)
        query = "&".join(
            f"{lot.choice(QUERIES)}={lot.choice(SEGMENTS)}" for _ in range(lot.randint(0, 3))
        )
        return "/".join(parts) + (f"?{query}" if query else "")

    def _judge(self, target: Target, url: str, sent: list[Field], response: HttpResponse) -> None:
        found, status = self.found, response.status_code
        found.requests += 1
        found.pages.add(target.name)
        found.by_status[status] = found.by_status.get(status, 0) + 1
        if status >= 500 or (self.cause and status >= 500):
            told = [(name, value[:40]) for name, value in sent]
            found.errors.append(f"{target.asked} {url[:120]} {told}\n{self.cause}")
        if status == 422:
            found.refusals_compared += 1
            found.lost += [f"{target.asked}: {lost}" for lost in words_lost(sent, response)]


def words_lost(sent: list[Field], response: HttpResponse) -> Iterator[str]:
    """Yield each field in which readable text was typed that the page, shown again, no longer holds."""
    shown = form_fields(response)
    boxes = {name for box in _BOX.findall(response.content.decode()) for name in _NAME.findall(box)}
    names = [name for name, _value in sent]
    again = [value.split() for value in shown.values()]
    for name, value in sent:
        text = value.decode(errors="replace").strip()
        once = names.count(name) == 1 and name in shown and name not in boxes
        if not once or not _is_readable(text) or name.rpartition("-")[2] in NOT_KEPT:
            continue
        # A row may stand in another place than it was sent from: it is found again by its key.
        if text.split() not in again:
            yield f"{name}: {text[:60]!r} came back as {shown[name][:60]!r}"


# Proofs never come back, and no browser puts files back.
NOT_KEPT = {"csrfmiddlewaretoken", "next", "password", "pin", "pin_again", "code", "papers"}
# What is chosen, or what the page itself wrote and hid: nobody typed it, so nothing typed is lost.
_BOX = re.compile(r'<input[^>]*type="(?:checkbox|radio|hidden)"[^>]*>|<select[^>]*>')
_NAME = re.compile(r'name="([^"]*)"')
_READABLE = re.compile(r"[\w ,.@'&;:/!?()-]{1,300}")


def _is_readable(text: str) -> bool:
    return bool(_READABLE.fullmatch(text))


def _quoted(text: str | bytes) -> bytes:
    raw = text.encode() if isinstance(text, str) else text
    return quote_from_bytes(raw).encode()
