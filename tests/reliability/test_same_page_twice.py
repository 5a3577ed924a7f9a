"""C3: the same page sent twice acts once, whichever page it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from cms_portal.access import same_page, views
from tests.access.rules import Page
from tests.access.table import TABLE
from tests.access.walk import Asked, Shown, Walker, form_fields, undone
from tests.access.world import World

pytestmark = pytest.mark.django_db

# Written at every look and click, or by the page that says what was sent before.
BESIDE = {"audit_accessevent", "django_session", "portal_cache"}
# Pages on which twice is meant as twice, each with its reason.
TWICE_IS_TWICE = {
    "account_confirm_login_code": "each wrong code is counted",
    "account_login": "asks for a code; how many may be sent is limited",
    "account_pin": "each wrong PIN is counted",
    "account_reset_password": "asks for a code; how many may be sent is limited",
    "account_signup": "asks for a code; how many may be sent is limited",
    "account_staff_login": "each wrong password is counted",
    "mfa_deactivate_totp": "what is removed is not found again",
    "mfa_remove_webauthn": "what is removed is not found again",
}
TOKEN = {same_page.TOKEN: "the token of one page"}


def rows_added() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins FROM pg_stat_xact_user_tables WHERE n_tup_ins > 0"
        )
        return dict(cursor.fetchall())


def twice(walker: Walker, asked: Asked) -> list[str]:
    """Send one page two times; return what the second time added or answered otherwise."""
    browser, rule, url = walker.browsers[asked.persona], asked.rule, asked.url
    data = rule.data(walker.world, walker.world.cases.get(asked.case))
    if isinstance(rule.sends, Shown):
        data = form_fields(browser.ask("GET", url, {}).content.decode()) | data
    first = browser.ask("POST", url, data | TOKEN)
    before = rows_added()
    again = browser.ask("POST", url, data | TOKEN)
    added = {name for name, count in rows_added().items() if count != before.get(name, 0)} - BESIDE
    faults = [f"added to {sorted(added)}"] if added else []
    if _answer(first) != _answer(again):
        faults.append(f"answered {_answer(first)}, then {_answer(again)}")
    return [f"{asked.page.name}: {fault}" for fault in faults]


def _answer(response: Any) -> tuple[int, str]:
    return response.status_code, response.headers.get("Location", "")


def sent_twice(pages: list[Page]) -> tuple[set[str], list[str]]:
    """Send each page twice, as the first person and about the first case that may; return names, faults."""
    asked: set[str] = set()
    faults: list[str] = []
    for group in sorted({page.world for page in pages}):
        with undone():
            inside = [page for page in pages if page.world == group]
            walker = Walker(World(), inside)
            for page in inside:
                with undone():
                    faults += twice(walker, _somebody(walker, page))
                asked.add(page.name)
    return asked, faults


def _somebody(walker: Walker, page: Page) -> Asked:
    return next(
        asked for asked in walker._questions(page, "POST", page.rules["POST"]) if asked.is_allowed
    )


def test_c3_every_page_takes_itself_twice_as_once():
    pages = [page for page in TABLE if "POST" in page.rules and page.name not in TWICE_IS_TWICE]

    asked, faults = sent_twice(pages)

    assert faults == [], "\n".join(faults)
    assert len(asked) == len(pages) > 70
    assert set(TWICE_IS_TWICE) <= {page.name for page in TABLE}


def test_c3_finds_pages_that_act_twice(monkeypatch):
    """Positive control: without the key of the page, what creates something creates it twice."""
    monkeypatch.setattr(views, "answered_once", lambda request, respond: respond())
    names = {"families:add_adult", "families:custody", "intake:ask_the_rules", "welcome:write_news"}

    _asked, faults = sent_twice([page for page in TABLE if page.name in names])

    assert {fault.split(": ")[0] for fault in faults} >= names
