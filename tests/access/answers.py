"""What an answer gives away: its words and headers, its forms, and whether it is like another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse

VOLATILE_HEADERS = {"X-Request-ID", "Content-Length", "Set-Cookie", "Expires", "Date"}
_TOKENS = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+')


def told(response: HttpResponse) -> str:
    """Return everything that a browser gets."""
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


def form_fields(response: HttpResponse) -> dict[str, Any]:
    """Return what the forms of a page would send as they stand."""
    return _read(response).fields


def field_names(response: HttpResponse) -> set[str]:
    """Return the names of everything that the forms of a page show."""
    return _read(response).names


def _read(response: HttpResponse) -> _FormReader:
    reader = _FormReader()
    if not response.streaming:
        reader.feed(response.content.decode(errors="replace"))
    return reader


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
