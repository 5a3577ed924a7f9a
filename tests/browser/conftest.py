"""The whole portal with its demo people, and browsers to visit it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from playwright.sync_api import Browser, Page

from cms_portal.ui.build import build
from tests.browser.visitor import PHONE, Inspector, Visitor

PATIENCE = 15_000  # milliseconds; the machine may be busy with other tests


@pytest.fixture(scope="session", autouse=True)
def _built() -> None:
    build()


@pytest.fixture
def demo(transactional_db: None) -> None:
    """Everybody of the demo, and every office."""
    call_command("load_reference_data", verbosity=0)
    call_command("demo", verbosity=0)


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
