"""The look in a real browser: what axe finds, what a small phone shows, and leaving in a hurry."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse

from cms_portal.ui.build import build
from tests.factories import UserFactory

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.urls("tests.ui.urls"),
    pytest.mark.django_db(transaction=True),
]
ELSEWHERE = settings.LEAVE_ADDRESS
FRAMES = ["", "?program=nm-cms", "?program=ms-cmp&frame=family", "?program=nm-cms&frame=staff"]


@pytest.fixture(scope="module", autouse=True)
def _built():
    build()


@pytest.fixture
def visit(page, live_server):
    """Open a page of ours at a width and in a language; no request leaves this machine."""
    page.route("**/*", lambda route: answer(route, live_server.url))
    page.violations = []
    page.on("console", lambda message: page.violations.append(message.text))

    def go(address: str, width: int = 375, language: str | None = "en"):
        page.set_viewport_size({"width": width, "height": 740})
        if language:
            cookie = {"name": "django_language", "value": language, "url": live_server.url}
            page.context.add_cookies([cookie])
        page.goto(live_server.url + address)
        return page

    return go


def answer(route, ours):
    if route.request.url.startswith(ours):
        route.continue_()
    else:
        route.fulfill(body="<title>Elsewhere</title><h1>Weather</h1>", content_type="text/html")


def faults_of(page) -> list[str]:
    """Return the rule and the place of everything axe finds."""
    return [
        f"{rule['id']}: {node['target'][0]}"
        for rule in Axe().run(page).response["violations"]
        for node in rule["nodes"]
    ]


def sideways(page) -> int:
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("frame", FRAMES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(visit, frame, width, language):
    page = visit("/demo/gallery/" + frame, width, language)
    assert faults_of(page) == []
    assert sideways(page) <= 0
    assert page.violations == []


def test_axe_finds_a_planted_fault(visit):
    page = visit("/demo/gallery/")
    page.evaluate("document.querySelector('label').remove()")
    assert any(fault.startswith("label:") for fault in faults_of(page))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_a_page_with_errors(visit, width, language):
    page = visit("/demo/gallery/?program=ms-cmp", width, language)
    page.locator("form[enctype] button[class=usa-button]").click()
    page.wait_for_load_state()
    assert page.locator("[data-error-summary]").count() == 1
    assert faults_of(page) == []
    assert sideways(page) <= 0


@pytest.mark.parametrize("address", ["/ended/", "/nothing/"])
def test_axe_finds_nothing_on_a_first_visit(visit, address):
    page = visit(address, 320, language=None)
    assert page.locator(".language-ask").is_visible()
    assert faults_of(page) == []
    assert sideways(page) <= 0


def test_the_focus_goes_to_what_needs_a_change_and_its_links_to_the_control(visit):
    page = visit("/demo/gallery/")
    page.locator("form[enctype] button[class=usa-button]").click()
    page.wait_for_load_state()
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "id_first_name"


def test_text_of_a_family_page_is_large_and_its_lines_are_short(visit):
    page = visit("/demo/gallery/?frame=family", 1280)
    sizes = page.evaluate(
        """() => [...document.querySelectorAll("main *, header *, footer *")]
        .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
        .map((e) => parseFloat(getComputedStyle(e).fontSize))"""
    )
    widest = page.evaluate(
        """() => Math.max(...[...document.querySelectorAll("main p")]
        .map((e) => e.getBoundingClientRect().width / parseFloat(getComputedStyle(e).fontSize)))"""
    )
    assert min(sizes) >= 16
    # A letter of this face is about half as wide as it is high.
    assert widest / 0.5 <= 76


@pytest.fixture
def family_page(sign_in, visit, page, live_server):
    client = sign_in(UserFactory(language="en"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(live_server.url + "/ended/")
    visit("/family/")
    assert page.get_by_role("heading", name="What only this family may read").is_visible()
    return page


def is_signed_out(page, live_server) -> bool:
    return page.goto(live_server.url + "/family/").url.startswith(
        live_server.url + reverse("account_login")
    )


BLANK_AFTER = """() => new Promise((done) => {
  const began = performance.now();
  const look = () => getComputedStyle(document.body).display === "none"
    ? done([performance.now() - began, document.title]) : setTimeout(look, 1);
  START; look();
})"""
CLICK = 'document.querySelector("[data-leave] button").click()'
ESCAPE = (
    'for (let i = 0; i < 3; i += 1) dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }))'
)


@pytest.mark.parametrize("start", [CLICK, ESCAPE], ids=["button", "escape three times"])
def test_leaving_blanks_the_page_at_once_and_ends_the_session(family_page, live_server, start):
    # Hold the way out, so that only our own page can make the screen blank.
    family_page.route(ELSEWHERE + "**", lambda route: None)

    milliseconds, title = family_page.evaluate(BLANK_AFTER.replace("START", start))

    assert milliseconds <= 100
    assert title == "…"
    family_page.wait_for_timeout(300)
    assert is_signed_out(family_page, live_server)


def test_one_escape_is_no_leaving(family_page):
    family_page.keyboard.press("Escape")
    family_page.keyboard.press("Escape")
    family_page.wait_for_timeout(200)
    assert family_page.get_by_role("heading", name="What only this family may read").is_visible()


def test_after_leaving_back_shows_sign_in(family_page):
    family_page.get_by_role("button", name="Leave this site").click()
    family_page.wait_for_url(ELSEWHERE)
    family_page.go_back()
    assert "What only this family may read" not in family_page.content()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_script_leaving_goes_elsewhere_and_ends_the_session(family_page, live_server):
    family_page.get_by_role("button", name="Leave this site").click()
    family_page.wait_for_url(ELSEWHERE)

    family_page.go_back()

    assert "What only this family may read" not in family_page.content()
    assert is_signed_out(family_page, live_server)


def test_a_visitor_leaves_by_a_link_and_keeps_nothing_to_go_back_to(visit):
    page = visit("/ended/")
    page.get_by_role("link", name="Leave this site").click()
    page.wait_for_url(ELSEWHERE)
    assert page.title() == "Elsewhere"


def test_the_end_of_the_session_is_announced_and_one_key_puts_it_off(family_page):
    family_page.clock.install()
    family_page.reload()
    family_page.clock.fast_forward("28:30")
    dialog = family_page.get_by_role("dialog", name="Are you still there?")
    assert dialog.is_visible()
    assert "1 minute left" in dialog.inner_text()
    assert faults_of(family_page) == []

    with family_page.expect_response("**/stay/") as answered:
        family_page.keyboard.press("Enter")

    assert answered.value.status == 200
    dialog.wait_for(state="hidden")


def test_the_end_of_the_session_takes_the_page_away(family_page):
    family_page.clock.install()
    family_page.reload()
    family_page.clock.fast_forward("31:00")
    family_page.wait_for_url("**/ended/")
    assert family_page.get_by_role("heading", name="You have been signed out").is_visible()


def test_files_that_were_chosen_are_listed_by_name(visit, tmp_path):
    photo = tmp_path / "stub.jpg"
    photo.write_bytes(b"x")
    page = visit("/demo/gallery/")
    page.locator("#id_papers").set_input_files(photo)
    assert page.locator("[data-chosen] li").all_inner_texts() == ["stub.jpg"]


def test_a_form_is_sent_once_however_often_its_button_is_pressed(visit, page):
    visit("/demo/gallery/")
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    button = page.locator("form[enctype] button[class=usa-button]")
    button.evaluate("(button) => { button.click(); button.click(); button.click(); }")
    page.wait_for_timeout(500)
    assert len(sent) == 1
