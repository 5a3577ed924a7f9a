"""After signing out, a shared computer holds nothing of an application, and Back shows none of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from cms_portal.accounts.middleware import NothingStaysMiddleware
from cms_portal.ui.middleware import KeepNothingMiddleware
from intake.models import Application, Status
from tests.browser.answers import CHILD, NEW_MEXICO
from tests.browser.leaving import open_session
from tests.browser.library import SECONDS_UNTIL_WRITTEN, Typist, kept, library_computer
from tests.browser.life import begin_a_draft

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

GO_ON = 'main form button[type="submit"]:not([name])'
SIGN_OUT = '.account button[type="submit"]'
BARE = """addEventListener("DOMContentLoaded", () => {
  for (const field of document.querySelectorAll("[autocomplete]")) field.removeAttribute("autocomplete");
})"""


def apply(page: Page, portal: str) -> list[str]:
    """Apply for a new child, look around, and return every word that was typed."""
    typist = Typist(page)
    page.goto(portal + reverse("intake:start", args=["nm-cms"]))
    typist.fill({"who": "new"})
    typist.send(GO_ON)
    typist.fill(CHILD)
    typist.send(GO_ON)
    typist.send("main a.usa-button")
    answered: list[str] = []
    while step := re.search(r"/pages/([a-z-]+)/", page.url):
        assert step[1] not in answered, page.locator("main").inner_text()
        answered.append(step[1])
        typist.fill(NEW_MEXICO.get(step[1], {"on_seizure_medication": "no"}))
        typist.send(GO_ON)
    typist.fill({"agrees": True})
    typist.send('main form[action$="/send/"] button')
    assert Application.objects.exclude(status=Status.DRAFT).filter(
        child__first_name__in=typist.words
    )
    for name in ("home", "families:household", "account_home", "notifications:mine"):
        page.goto(portal + reverse(name))
    return typist.words


def write_one_page(page: Page, portal: str, number: str) -> list[str]:
    """Answer one page that was open, and read it again."""
    typist = Typist(page)
    address = portal + reverse("intake:step", args=[number, "about"])
    page.goto(address)
    typist.fill({})
    typist.send(GO_ON)
    page.goto(address)
    return typist.words


def sign_out_and_look_back(page: Page, portal: str, words: list[str]) -> list[str]:
    """Sign out, go back as far as it goes, and return the words that came into sight."""
    page.wait_for_timeout(SECONDS_UNTIL_WRITTEN * 1000)
    with page.expect_navigation():
        page.locator(SIGN_OUT).click()
    seen: set[str] = set()
    for _back in range(5):
        page.go_back(wait_until="commit")
        if page.url == "about:blank":
            break
        page.locator("body > footer").wait_for()
        seen |= {word for word in words if word in page.content()}
    page.goto(portal)
    return sorted(seen)


def test_nothing_of_an_application_is_left(playwright, portal, tmp_path: Path):
    with library_computer(playwright, tmp_path) as context:
        page = context.pages[0]
        open_session(page, portal, "rosa")
        words = apply(page, portal)
        seen = sign_out_and_look_back(page, portal, words)

    assert len(words) >= 12
    assert seen == []
    assert (tmp_path / "Default").is_dir()
    assert kept(tmp_path, words) == {}


def keep_everything(middleware, request):
    response = middleware.get_response(request)
    response["Cache-Control"] = "private, max-age=600"
    return response


def let_through(middleware, request):
    return middleware.get_response(request)


@pytest.mark.parametrize("fault", ["fields without autocomplete=off", "pages that may be kept"])
def test_what_is_left_behind_is_found(playwright, portal, tmp_path, monkeypatch, fault):
    draft = begin_a_draft()
    with library_computer(playwright, tmp_path) as context:
        if fault.startswith("pages"):
            monkeypatch.setattr(KeepNothingMiddleware, "__call__", keep_everything)
            monkeypatch.setattr(NothingStaysMiddleware, "__call__", let_through)
        else:
            context.add_init_script(BARE)
        page = context.pages[0]
        open_session(page, portal, "rosa")
        words = write_one_page(page, portal, draft.number)
        seen = sign_out_and_look_back(page, portal, words)

    assert seen if fault.startswith("pages") else kept(tmp_path, words)
