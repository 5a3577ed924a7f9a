"""HTML read as a browser reads it, and people who sign in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import translation

from cms_portal.accounts.models import User
from cms_portal.audit import context


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
