"""Signing in as a real browser sees it: with and without script, by passkey, on a shared computer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from cms_portal.accounts import cards
from cms_portal.accounts.models import UnsentForm, User
from cms_portal.ui.build import build
from tests.accounts.people import PASSPHRASE, STAFF_PASSWORD, newest_code
from tests.browser.chromium import FLAGS, chromium_path
from tests.browser.visitor import DESK, PHONE, Inspector, Visitor
from tests.factories import OfficeFactory, StaffFactory

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATIENCE = 15_000
OPEN_PAGES = ["account_login", "account_staff_login", "account_signup", "account_reset_password"]
OWN_PAGES = [
    *("account_home", "account_name", "account_change_email", "account_change_phone"),
    *("account_change_password", "account_card", "mfa_activate_totp", "mfa_add_webauthn"),
    *("account_second_factor", "account_reauthenticate", "account_logout"),
]
DESK_PAGES = ["sign_in_help", "sign_in_help_new"]


@pytest.fixture(scope="module", autouse=True)
def _built() -> None:
    build()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": PHONE, "height": 740}, locale="en")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def without_script(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(java_script_enabled=False, locale="en", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def sign_in_here(context: BrowserContext, user: User, address: str) -> Client:
    """Sign somebody in behind the scenes, and give the browser their session."""
    client = Client()
    client.force_login(user)
    name = configured.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
    return client


def confirm(client: Client, password: str = PASSPHRASE) -> None:
    client.post(reverse("account_reauthenticate"), {"password": password})


def give_authenticator(page: Page) -> None:
    """Give the browser an authenticator that says yes, as a phone with a finger on it does."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def add_passkey(page: Page, address: str) -> None:
    page.goto(address + reverse("mfa_add_webauthn"))
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url(address + reverse("account_home"))


def test_a_passkey_is_both_proofs(context, live_server, rosa):
    page = context.new_page()
    give_authenticator(page)
    confirm(sign_in_here(context, rosa, live_server.url))
    add_passkey(page, live_server.url)
    page.locator(".account button").click()
    page.wait_for_url(live_server.url + "/")

    page.goto(live_server.url + reverse("account_login") + "?next=/account/name/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    page.wait_for_url(live_server.url + "/account/name/")
    assert Authenticator.objects.get().user == rosa


def test_f3_a_passkey_is_the_second_factor_of_staff(context, live_server, strict):
    ida = StaffFactory(username="ida")
    page = context.new_page()
    give_authenticator(page)
    confirm(sign_in_here(context, ida, live_server.url), STAFF_PASSWORD)
    page.goto(live_server.url + reverse("account_home"))
    assert page.url.endswith(reverse("account_second_factor"))
    add_passkey(page, live_server.url)
    page.locator(".account button").click()
    page.wait_for_url(live_server.url + "/")

    page.goto(live_server.url + reverse("account_staff_login"))
    page.fill("#id_identifier", "ida")
    page.fill("#id_password", STAFF_PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(live_server.url + reverse("mfa_authenticate"))
    page.get_by_role("button", name="Use a passkey").click()

    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.goto(live_server.url + reverse("account_home"))
    assert page.url.endswith(reverse("account_home"))


@pytest.mark.parametrize("language", ["en", "es"])
def test_signing_in_takes_no_script_and_only_a_keyboard(
    without_script, context, live_server, rosa, language
):
    visitor = Visitor(without_script.new_page(), live_server.url)
    visitor.page.set_viewport_size({"width": PHONE, "height": 740})
    visitor.read_in(language)
    visitor.go(reverse("account_login"))
    visitor.look()
    visitor.keys.answer("identifier", rosa.email)
    visitor.follow("main form .actions button")
    visitor.keys.answer("code", newest_code(rosa.email))
    visitor.follow("main form .actions button")
    visitor.keys.answer("pin", PASSPHRASE)
    visitor.follow("main form .actions button")

    assert visitor.path == reverse("home")
    assert visitor.keys.faults == []
    visitor.seen.pop()  # the home page is another part's
    assert Inspector(context.new_page(), live_server.url).faults(visitor) == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_axe_finds_nothing_on_the_pages_of_accounts(context, browser, live_server, rosa, language):
    rosa.language = ""
    ida = StaffFactory(role="intake-worker", office=OfficeFactory())
    faults = []
    for user, names in ((None, OPEN_PAGES), (rosa, OWN_PAGES), (ida, DESK_PAGES)):
        context.clear_cookies()
        visitor = Visitor(context.new_page(), live_server.url)
        visitor.read_in(language)
        if user is not None:
            confirm(sign_in_here(context, user, live_server.url))
        for name in names:
            visitor.go(reverse(name))
            visitor.look()
        assert visitor.complaints == []
        inspection = browser.new_context()
        faults += Inspector(inspection.new_page(), live_server.url).faults(visitor, (PHONE, DESK))
        inspection.close()
    assert faults == []


def test_a_printed_card_passes_axe_and_fits_a_phone(context, browser, live_server, rosa):
    client = sign_in_here(context, rosa, live_server.url)
    confirm(client)
    client.post(reverse("account_card"))
    visitor = Visitor(context.new_page(), live_server.url)
    visitor.read_in("en")
    visitor.go(reverse("account_card_to_print"))
    visitor.look()

    inspection = browser.new_context()
    assert Inspector(inspection.new_page(), live_server.url).faults(visitor) == []
    inspection.close()


def test_a_page_that_closes_itself_keeps_what_was_typed_for_the_same_person(
    context, live_server, rosa
):
    sign_in_here(context, rosa, live_server.url)
    page = context.new_page()
    page.clock.install()
    page.goto(live_server.url + "/account/name/")
    page.fill("#id_name", "Rosa Nueva")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))

    page.clock.run_for(31 * 60 * 1000)
    page.wait_for_url("**/ended/?next=%2Faccount%2Fname%2F")

    assert UnsentForm.objects.get().path == "/account/name/"
    assert sent.count(f"POST {live_server.url}/account/keep/") == 1


@pytest.mark.slow
def test_f7_after_signing_out_the_browser_keeps_nothing(playwright, tmp_path, live_server, rosa):
    """Type an address, a code and a PIN, read the account, sign out: the profile holds none of it."""
    canaries = [rosa.email, PASSPHRASE, "Canary Baca"]
    profile = tmp_path / "profile"
    context: Any = playwright.chromium.launch_persistent_context(
        str(profile), executable_path=chromium_path(), args=[*FLAGS]
    )
    page = context.pages[0]
    page.goto(live_server.url + reverse("account_login"))
    page.fill("#id_identifier", rosa.email)
    page.locator("label[for=id_is_shared_computer]").click()
    page.locator("main form .actions button").click()
    page.fill("#id_code", newest_code(rosa.email))
    page.locator("main form .actions button").first.click()
    page.fill("#id_pin", PASSPHRASE)
    page.locator("main form .actions button").click()
    page.goto(live_server.url + "/account/name/")
    page.fill("#id_name", "Canary Baca")
    page.locator("main form .actions button").click()
    page.wait_for_url(live_server.url + reverse("account_home"))
    page.wait_for_timeout(4000)
    page.locator(".account button").click()
    page.wait_for_url(live_server.url + "/")
    page.go_back()
    page.wait_for_load_state()
    assert "Canary" not in page.content()
    context.close()

    assert (profile / "Default").is_dir()
    assert {word: files_with(profile, word) for word in canaries} == {word: [] for word in canaries}


def files_with(profile: Path, word: str) -> list[str]:
    forms = (word.encode(), word.encode("utf-16-le"))
    return [
        path.name
        for path in profile.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]


def test_a_card_works_from_the_first_page_without_script(without_script, live_server, rosa):
    code = cards.print_own_card(user=rosa, at=timezone.now()).codes[0]
    page = without_script.new_page()
    page.goto(live_server.url + reverse("account_login"))
    page.fill("#id_identifier", "rosa")
    page.locator("main form .actions button").click()
    page.fill("#id_code", " ".join([code[:4], code[4:8], code[8:]]))
    page.locator("main form .actions button").first.click()
    page.fill("#id_pin", PASSPHRASE)
    page.locator("main form .actions button").click()

    page.wait_for_url(live_server.url + reverse("home"))
