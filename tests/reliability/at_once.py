"""Sending one page many times, five at the same moment, each over a connection of its own."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import connections
from django.http import HttpResponse
from django.test import Client

AT_ONCE = 5
_TOKEN = re.compile(r"name=\"csrfmiddlewaretoken\" value=\"(\w+)\"")
T, R = TypeVar("T"), TypeVar("R")


def browser_of(user: Any) -> Client:
    """Return a browser that has to show the token of a page, as a real one has."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    return browser


def token_of(page: HttpResponse) -> dict[str, str]:
    """Return the token that this making of a page carries."""
    found = _TOKEN.search(page.content.decode())
    assert found, "the page has no form"
    return {"csrfmiddlewaretoken": found[1]}


def in_threads(work: Callable[[T], R], given: Iterable[T], *, threads: int = AT_ONCE) -> list[R]:
    """Do a piece of work for each thing given, that many at the same time."""

    def one(thing: T) -> R:
        try:
            return work(thing)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as together:
        return list(together.map(one, given))


def sends(browser: Client, url: str, data: dict[str, Any], *, times: int) -> list[HttpResponse]:
    """Send one page `times` times, five at the same moment, as clicks of the same browser."""
    start = threading.Barrier(AT_ONCE)

    def click(number: int) -> HttpResponse:
        clicking = Client(enforce_csrf_checks=True)
        clicking.cookies = browser.cookies
        if number < AT_ONCE:
            start.wait(30)
        return clicking.post(url, data)

    return in_threads(click, range(times))
