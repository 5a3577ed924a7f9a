"""The public pages in a real browser, on a small phone and a large screen, in both languages."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from cms_portal.accounts.actions import system_user
from cms_portal.offices import reference
from cms_portal.ui.build import build
from tests.welcome.test_public_pages import addresses

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def ready(db):
    build()
    reference.load(by=system_user())


def faults_of(page) -> list[str]:
    return [
        f"{rule['id']}: {node['target'][0]}"
        for rule in Axe().run(page).response["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.slow
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page, live_server, width, language):
    cookie = {"name": "django_language", "value": language, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.set_viewport_size({"width": width, "height": 740})
    seen = 0
    for address in addresses():
        page.goto(live_server.url + address)
        assert faults_of(page) == [], address
        overhang = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(overhang) <= 0, address
        seen += 1
    assert seen == len(addresses()) > 20


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_a_message_is_sent_by_keyboard_without_script(page, live_server):
    page.goto(live_server.url + reverse("welcome:message", args=["nm-cms"]))
    page.focus("#id_name")
    page.keyboard.type("Rosa")
    page.keyboard.press("Tab")
    page.keyboard.type("575-555-0134")
    page.focus("#id_county")
    page.keyboard.type("Luna")
    page.focus("#id_text")
    page.keyboard.type("Can we get help?")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == "Thank you. We have your message."


def test_a_family_finds_its_office_from_the_front_page(page, live_server):
    page.goto(live_server.url)
    page.fill("#id_place", "39201")
    page.click("text=Find help near me")
    assert page.locator(".office--yours h3").inner_text() == "Hinds County Health Department"
