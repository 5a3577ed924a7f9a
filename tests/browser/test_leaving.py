""" "Leave this site" on the portal's own pages, in a browser that keeps pages as browsers do."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from cms_portal.families.models import Child
from cms_portal.ui.middleware import KeepNothingMiddleware
from intake.models import Application
from tests.browser.chromium import FLAGS, chromium_path
from tests.browser.elsewhere import another_site
from tests.browser.leaving import faults_of_leaving, faults_of_way_out, open_session
from tests.browser.life import a_day, not_linked
from tests.browser.visitor import PHONE
from tests.browser.walking import Walk, arrive

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A mother of each program, a youth, a helper.
FAMILIES = ("rosa", "dana", "tess", "hal")


@pytest.fixture(scope="module")
def with_memory(playwright):
    """A browser that keeps pages for the Back button, which Playwright forbids by itself."""
    browser = playwright.chromium.launch(
        executable_path=chromium_path(),
        args=[*FLAGS],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()


@pytest.fixture
def elsewhere(settings):
    with another_site() as site:
        settings.LEAVE_ADDRESS = site.address
        yield site


@pytest.fixture
def page_of(with_memory, portal, elsewhere):
    """Return a function that opens a window of a person, with two of their pages behind each other."""
    opened = []

    def open_page(slug: str, path: str, script: bool = True) -> Page:
        context = with_memory.new_context(
            java_script_enabled=script, viewport={"width": PHONE, "height": 740}
        )
        opened.append(context)
        page = context.new_page()
        if slug:
            open_session(page, portal, slug)
        mine = ["/privacy/"] if not slug else [reverse("account_home"), reverse("home")]
        page.goto(portal + next(before for before in mine if before != path))
        page.goto(portal + path)
        return page

    yield open_page
    for context in opened:
        context.close()


def some_pages() -> list[str]:
    """A family's home, a child, a page half answered, and a decision."""
    draft = Application.objects.filter(child__first_name="Inés").latest("pk")
    mateo = Child.objects.get(first_name="Mateo")
    decided = Application.objects.filter(child=mateo).earliest("pk")
    return [
        reverse("home"),
        reverse("families:child", args=[mateo.pk]),
        reverse("intake:step", args=[draft.number, "about"]),
        reverse("intake:decision", args=[decided.number]),
    ]


def faults_of_pages(
    page_of, portal, elsewhere, slug: str, paths: list[str]
) -> dict[str, list[str]]:
    """Leave from each page, with script and without; return the faults of those that have any."""
    found = {}
    for path in paths:
        page = page_of(slug, path)
        found[path] = faults_of_way_out(page)
        found[path] += faults_of_leaving(page, portal, elsewhere, True)
        page.context.close()
        page = page_of(slug, path, script=False)
        found[path] += faults_of_leaving(page, portal, elsewhere, False)
        page.context.close()
    return {path: faults for path, faults in found.items() if faults}


def test_leaving_ends_everything_at_once(page_of, portal, elsewhere):
    a_day()
    assert faults_of_pages(page_of, portal, elsewhere, "rosa", some_pages()) == {}
    assert set(elsewhere.referrers) == {""}


def test_a_visitor_of_a_public_page_leaves_too(page_of, elsewhere):
    for script in (True, False):
        page = page_of("", "/nm-cms/", script)
        page.locator("a[data-leave]").click()
        page.wait_for_url(elsewhere.address)
    assert elsewhere.referrers == ["", ""]


LINK = """() => {
  const way = document.querySelector("[data-leave]");
  const link = Object.assign(document.createElement("a"), { href: way.dataset.leave });
  link.dataset.leave = way.dataset.leave;
  link.addEventListener("click", () => location.replace(link.href));
  way.replaceWith(link);
}"""
STAYS = "document.body.style.setProperty('display', 'block', 'important')"


def keep_everything(middleware, request):
    response = middleware.get_response(request)
    response["Cache-Control"] = "private, max-age=600"
    return response


def test_a_way_out_that_leaves_something_behind_is_found(page_of, portal, elsewhere, monkeypatch):
    for plant, fault in ((LINK, "the session goes on"), (STAYS, "blank is False")):
        page = page_of("rosa", "/home/")
        page.evaluate(plant)
        assert (faults_of_way_out(page) == []) == (plant == STAYS)
        assert fault in str(faults_of_leaving(page, portal, elsewhere, True))

    monkeypatch.setattr(KeepNothingMiddleware, "__call__", keep_everything)
    page = page_of("rosa", "/home/", script=False)
    assert "Back shows" in str(faults_of_leaving(page, portal, elsewhere, False))


@pytest.mark.slow
@pytest.mark.parametrize("slug", FAMILIES)
def test_leaving_works_on_every_page_of_a_family(visit, page_of, portal, elsewhere, slug):
    a_day()
    walker = visit()
    way = Walk(walker, with_public=False)
    paths = list(way.pages(arrive(walker, slug), *not_linked(slug)))
    assert faults_of_pages(page_of, portal, elsewhere, slug, paths) == {}
    assert len(paths) >= 8
