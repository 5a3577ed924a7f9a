"""A page in the machine's own Chromium, and HTML read as a browser reads it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from cms_portal.accounts.models import User
from cms_portal.audit import context
from tests.browser.chromium import FLAGS, chromium_path


class Elements(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, html: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] or "" for _, attributes in self.tags if "id" in attributes]

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [
            attributes
            for name, attributes in self.tags
            if name == tag and wanted.items() <= attributes.items()
        ]


@pytest.fixture
def read() -> Callable[[str], Elements]:
    return Elements


@pytest.fixture
def sign_in(client: Client) -> Callable[[User], Client]:
    """Sign somebody in, as they would themselves."""

    def as_themselves(user: User) -> Client:
        with context.acting(by=user, reason="signed in"):
            client.force_login(user)
        return client

    return as_themselves


@pytest.fixture
def spanish() -> Iterator[None]:
    with translation.override("es"):
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    # Playwright's synchronous calls run an event loop, in which Django refuses its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return {**browser_type_launch_args, "executable_path": chromium_path(), "args": [*FLAGS]}
