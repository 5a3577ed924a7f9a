"""How somebody leaves in a hurry, and what must hold afterwards."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from cms_portal.accounts.models import User
from cms_portal.audit import context
from tests.browser.elsewhere import Elsewhere

BUTTON = "[data-leave]"
# Returns after how many looks and milliseconds the page was blank, at most a second later, and its
# title then. What the first look sees happened in the press itself, before anything could be drawn.
BLANK_AFTER = """() => new Promise((done) => {
  const began = performance.now();
  let looks = 0;
  const look = () => {
    looks += 1;
    const waited = performance.now() - began;
    const blank = getComputedStyle(document.body).display === "none";
    if (blank || waited > 1000) done([looks, waited, blank, document.title]); else setTimeout(look, 1);
  };
  const way = document.querySelector("[data-leave]");
  (way.querySelector("button") || way).click();
  look();
})"""
MOST_MILLISECONDS = 100


def open_session(page: Page, address: str, slug: str) -> None:
    """Sign in without the sign-in page."""
    user = User.objects.get(username=slug)
    client = Client()
    with context.acting(by=user, reason="signed in"):
        client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie: Any = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}
    page.context.add_cookies([cookie])


def faults_of_way_out(page: Page) -> list[str]:
    """Return what is wrong with the button of a signed-in page: it is a form of ours, by POST."""
    facts = page.evaluate(
        """() => [...document.querySelectorAll("form[data-leave]")].map((form) => [
          form.method, new URL(form.action).pathname,
          form.querySelector("[name=csrfmiddlewaretoken]") !== null])"""
    )
    wanted = [["post", reverse("ui:leave"), True]]
    return [] if facts == wanted else [f"the way out is {facts}"]


def faults_of_leaving(page: Page, address: str, elsewhere: Elsewhere, script: bool) -> list[str]:
    """Leave the page that is open, go back, and return what was wrong; the entry before is signed in too."""
    before = page.locator("main").inner_text()
    faults = []
    if script:
        with elsewhere.held():
            looks, waited, is_blank, title = page.evaluate(BLANK_AFTER)
        in_time = is_blank and (looks == 1 or waited <= MOST_MILLISECONDS)
        if not in_time or title != "…":
            faults.append(f"after {waited:.0f} ms blank is {is_blank}, the title {title}")
    else:
        page.locator(BUTTON).locator("button").or_(page.locator(f"a{BUTTON}")).click()
    page.wait_for_url(elsewhere.address)
    return faults + faults_afterwards(page, address, before)


def faults_afterwards(page: Page, address: str, before: str) -> list[str]:
    """Return what Back still shows of a page, and whether the session still opens one."""
    faults = []
    if not _has_ended(page, address):
        faults.append("the session goes on")
    # A page that comes back from memory does not load.
    page.go_back(wait_until="commit")
    page.locator("body > footer").wait_for()
    if not page.url.startswith(address + reverse("account_login")):
        faults.append(f"Back shows {page.url.removeprefix(address)}")
    if page.locator("main").inner_text() == before:
        faults.append("Back shows the page")
    return faults


def _has_ended(page: Page, address: str) -> bool:
    """Say whether the session ends within a second: script sends for its end and does not wait."""
    asked_until = time.monotonic() + 1
    while time.monotonic() < asked_until:
        answer = page.request.get(address + reverse("home"))
        if answer.url.startswith(address + reverse("account_login")):
            return True
    return False
