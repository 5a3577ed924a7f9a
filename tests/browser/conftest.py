"""The whole portal with its demo people, and browsers to visit it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from playwright.sync_api import Browser, Page

from cms_portal.ui.build import build
from tests.browser.visitor import PHONE, Inspector, Visitor
from tests.copies import drop_copy, keep_copy, put_back

PATIENCE = 15_000  # milliseconds; the machine may be busy with other tests


@pytest.fixture(scope="session", autouse=True)
def _built() -> None:
    build()


@pytest.fixture(scope="session")
def _demo_kept(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """The copies of the demo that were made, to be dropped at the end."""
    kept: list[str] = []
    yield kept
    with django_db_blocker.unblock():
        for what in kept:
            drop_copy(what)


@pytest.fixture
def demo(transactional_db: None, _demo_kept: list[str]) -> None:
    """Everybody of the demo, and every office; made once, and put back for each further test."""
    if "demo" in _demo_kept:
        put_back("demo")
        return
    call_command("load_reference_data", verbosity=0)
    call_command("demo", verbosity=0)
    keep_copy("demo")
    _demo_kept.append("demo")


@pytest.fixture
def portal(demo: None, live_server: Any, settings: LazySettings) -> str:
    """The address of the portal."""
    settings.PUBLIC_ADDRESS = live_server.url
    return str(live_server.url)


@pytest.fixture
def visit(browser: Browser, portal: str) -> Any:
    """Return a function that opens a window of its own for somebody."""
    opened = []

    def open_window(*, width: int = PHONE, script: bool = True, **options: Any) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 740},
            java_script_enabled=script,
            reduced_motion="reduce",
            locale=options.pop("language", "en"),
            **options,
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return Visitor(context.new_page(), portal)

    yield open_window
    for context in opened:
        context.close()


@pytest.fixture
def inspector(page: Page, portal: str) -> Inspector:
    return Inspector(page, portal)


Visit = Callable[..., Visitor]
