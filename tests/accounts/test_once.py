"""F3: a code works once, also when it arrives fifty times at the same moment."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms_portal.accounts import cards, guards
from cms_portal.accounts.models.codes import OneUseQuerySet
from tests.accounts.apps import code_now, give_app
from tests.accounts.people import ask_for_code, newest_code, type_code

pytestmark = pytest.mark.django_db(transaction=True)

TRIES = 50


@pytest.fixture(autouse=True)
def every_try_is_looked_at(monkeypatch):
    """Else the limits on guessing would hold back most tries before the code is looked at."""
    many = dict.fromkeys(guards.LIMITS, "1000/h/key")
    monkeypatch.setattr(guards, "LIMITS", many)
    monkeypatch.setattr(
        guards, "_of_code", lambda identifier, device: {guards.CODE_BY_STRANGER: identifier.digest}
    )


def at_once(browsers: list[Client], code: str) -> int:
    """Type one code in many browsers at the same moment; return how many got through."""
    start = threading.Barrier(len(browsers))

    def go(browser: Client) -> bool:
        try:
            start.wait(30)
            response = type_code(browser, code)
            return response.status_code == 302 and response.url == reverse("account_pin")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(browsers)) as together:
        return sum(together.map(go, browsers))


def copies(client: Client) -> list[Client]:
    """The same browser, clicking many times."""
    browsers = [Client() for _ in range(TRIES)]
    for browser in browsers:
        browser.cookies = client.cookies
    return browsers


def browsers_of(identifier: str) -> list[Client]:
    """Many browsers, each on the page that takes a code."""
    browsers = [Client() for _ in range(TRIES)]
    for browser in browsers:
        ask_for_code(browser, identifier)
    return browsers


def test_f3_a_sent_code_works_once_in_fifty_tries(client, rosa):
    ask_for_code(client, rosa.email)

    assert at_once(copies(client), newest_code()) == 1


def test_f3_a_code_of_a_card_works_once_in_fifty_browsers(rosa):
    code = cards.print_own_card(user=rosa, at=timezone.now()).codes[0]

    assert at_once(browsers_of("rosa"), code) == 1


def test_f3_a_code_of_an_app_works_once_in_fifty_browsers(rosa):
    secret = give_app(rosa)

    assert at_once(browsers_of("rosa"), code_now(secret)) == 1


def test_f3_finds_a_code_that_works_twice(rosa, monkeypatch):
    """Positive control: looking first and writing afterwards lets several through."""

    def look_then_write(rows, now):
        found = list(rows.usable(now))
        threading.Event().wait(0.2)
        rows.update(used_at=now)
        return bool(found)

    monkeypatch.setattr(OneUseQuerySet, "use", look_then_write)
    code = cards.print_own_card(user=rosa, at=timezone.now()).codes[0]

    assert at_once(browsers_of("rosa"), code) > 1
