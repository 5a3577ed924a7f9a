"""After signing out, a shared computer holds nothing a family read or typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.browser.chromium import FLAGS, chromium_path
from tests.factories import UserFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.urls("tests.ui.urls"),
    pytest.mark.django_db(transaction=True),
]
READ, TYPED = "What only this family may read", "canary-typed-5e2b"


@pytest.fixture
def computer(playwright, tmp_path, sign_in, live_server):
    """Use a browser with a profile folder, as it stands in a library; sign a family in."""
    session = sign_in(UserFactory(language="en")).cookies[settings.SESSION_COOKIE_NAME].value
    profile = tmp_path / "profile"

    def use(work):
        context = playwright.chromium.launch_persistent_context(
            str(profile), executable_path=chromium_path(), args=[*FLAGS]
        )
        context.route("https://**/*", lambda route: route.fulfill(body="Elsewhere"))
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        context.add_cookies([cookie])
        work(context.pages[0], live_server.url)
        context.close()
        return profile

    return use


def kept(profile: Path, word: str) -> list[str]:
    """Return the files of a profile that hold a word, as bytes of either width."""
    forms = (word.encode(), word.encode("utf-16-le"))
    return [
        path.name
        for path in profile.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]


def read_type_and_leave(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Note").fill(TYPED)
    page.get_by_role("button", name="Save").click()
    page.wait_for_load_state()
    assert page.get_by_label("Note").input_value() == TYPED
    # Chromium saves its open pages every few seconds; let it.
    page.wait_for_timeout(4000)
    page.get_by_role("button", name="Leave this site").click()
    page.wait_for_url(settings.LEAVE_ADDRESS)


def test_nothing_read_or_typed_is_left_after_leaving(computer):
    profile = computer(lambda page, ours: read_type_and_leave(page, f"{ours}/family/"))

    assert (profile / "Default").is_dir()
    assert kept(profile, READ) == []
    assert kept(profile, TYPED) == []


def test_what_a_careless_form_lets_the_browser_keep_is_found_by_this_search(computer):
    profile = computer(lambda page, ours: read_type_and_leave(page, f"{ours}/careless/"))
    assert kept(profile, TYPED)
