"""A browser over a real connection, which may be cut at any moment."""

from __future__ import annotations

import http.client
import re
from contextlib import closing
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
# Whatever a browser shows when a server dies under it.
CUT_OFF = (OSError, http.client.HTTPException)


@dataclass
class Answer:
    """What came back: a page, or the way to another."""

    status: int
    location: str
    text: str

    @property
    def token(self) -> str:
        found = _TOKEN.search(self.text)
        assert found, f"no form: {self.status} {self.text[:200]}"
        return found[1]


@dataclass
class Visitor:
    """One person at one browser."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, "")

    def post(self, path: str, data: dict[str, Any]) -> Answer:
        return self._ask("POST", path, urlencode(data, doseq=True))

    def _ask(self, method: str, path: str, body: str) -> Answer:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as link:
            link.request(method, path, body, headers)
            response = link.getresponse()
            text = response.read().decode(errors="replace")
            for line in response.headers.get_all("Set-Cookie") or []:
                self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
            return Answer(response.status, response.headers.get("Location", ""), text)
