"""C3: the same page sent twice acts once, whichever page it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from cms_portal.access import same_page, views
from tests.access.asking import Asked
from tests.access.meter import undone
from tests.access.rules import Page
from tests.access.table import TABLE
from tests.access.walk import Walker
from tests.access.world import World

pytestmark = pytest.mark.django_db

# Written at every look and click, or by the page that says what was sent before.
BESIDE = {"audit_accessevent", "django_session", "portal_cache"}
# Pages on which twice is meant as twice, each with its reason.
TWICE_IS_TWICE = {
    "account_confirm_login_code": "each wrong code is counted",
    "account_keep_typed": "ends the session, and the second comes from nobody",
    "account_login": "asks for a code; how many may be sent is limited",
    "account_pin": "each wrong PIN is counted",
    "account_reset_password": "asks for a code; how many may be sent is limited",
    "account_signup": "asks for a code; how many may be sent is limited",
    "account_staff_login": "each wrong password is counted",
    "intake:helpers": "the link for the helper is shown once; sent again, there is a new one",
    "intake:refer": "the link to the receipt is shown once; sent again, there is a new one",
    "intake:refer_newborn": "the link to the receipt is shown once; sent again, there is a new one",
    "mfa_deactivate_totp": "what is removed is not found again",
    "mfa_remove_webauthn": "what is removed is not found again",
}
PAGES = [page for page in TABLE if "POST" in page.rules and page.name not in TWICE_IS_TWICE]
TOKEN = {same_page.TOKEN: "the token of one page"}


def rows_added() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins FROM pg_stat_xact_user_tables WHERE n_tup_ins > 0"
        )
        return dict(cursor.fetchall())


def twice(walker: Walker, asked: Asked) -> list[str]:
    """Send one page two times; return what the second time added or answered otherwise."""
    data = walker.data(asked, asked.rule) | TOKEN
    browser = walker.world.browsers[asked.persona]
    first = browser.ask("POST", asked.url, data)
    before = rows_added()
    again = browser.ask("POST", asked.url, data)
    added = {name for name, count in rows_added().items() if count != before.get(name, 0)} - BESIDE
    faults = [f"added to {sorted(added)}"] if added else []
    if _answer(first) != _answer(again):
        faults.append(f"answered {_answer(first)}, then {_answer(again)}")
    return [f"{asked.page.name}: {fault}" for fault in faults]


def _answer(response: Any) -> tuple[int, str]:
    return response.status_code, response.headers.get("Location", "")


def sent_twice(world: World, pages: list[Page]) -> list[str]:
    """Send each page twice, as the first person and about the first case that may; return the faults."""
    walker, faults = Walker(world, pages), []
    for page in pages:
        somebody = next(one for one in walker.questions(page, "POST") if one.is_allowed)
        with undone():
            faults += twice(walker, somebody)
    return faults


@pytest.mark.parametrize("group", sorted({page.world for page in PAGES}))
def test_c3_every_page_takes_itself_twice_as_once(world, group):
    faults = sent_twice(world, [page for page in PAGES if page.world == group])

    assert faults == [], "\n".join(faults)


def test_every_page_that_is_sent_is_sent_twice_or_says_why_not():
    assert len(PAGES) > 70
    assert set(TWICE_IS_TWICE) <= {page.name for page in TABLE}


def test_c3_finds_pages_that_act_twice(world, monkeypatch):
    """Positive control: without the key of the page, what creates something creates it twice."""
    monkeypatch.setattr(views, "answered_once", lambda request, respond: respond())
    names = {"families:add_adult", "families:custody", "welcome:write_news"}

    faults = sent_twice(world, [page for page in TABLE if page.name in names])

    assert {fault.split(": ")[0] for fault in faults} == names
