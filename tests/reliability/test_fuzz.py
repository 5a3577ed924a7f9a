"""E1: whatever is sent, no error of ours; and a refusal keeps what was typed."""

from __future__ import annotations

import os
from decimal import Decimal

import pytest
from django.http import HttpResponse

from cms_portal import programs
from cms_portal.ui.fields import MoneyField
from cms_portal.ui.forms import PortalBoundField
from tests.access.areas.intake import DRAFTS
from tests.access.rules import Page, Rule, post
from tests.access.table import TABLE
from tests.access.walk import Walker
from tests.access.world import World
from tests.factories.dates import NM
from tests.reliability.fuzz import Findings, Fuzz, targets, words_lost

pytestmark = pytest.mark.django_db

POSTS = int(os.environ.get("FUZZ", "2000"))
ALL_POSTS = 20_000
SEED = os.environ.get("FUZZ_SEED", "20")
# Groups of pages with forms, as the table parts them, each with its share of a hundred posts; the
# other groups hold a button each.
SHARES = {
    "": 43,
    "draft": 18,
    "sent": 10,
    "service": 2,
    "asked": 2,
    "askable": 2,
    "condition": 2,
    "enrollment": 3,
    "visit": 2,
    "envelope": 4,
    "envelope-to-give": 1,
    "paper_to_prove": 2,
    "notice": 2,
    "appeal": 1,
    "appeal-taken-up": 2,
    "appeal-with-committee": 1,
    "urgent": 1,
    "released": 1,
    "died": 1,
}
LEAST_REFUSED = {
    "": 0.05,
    "draft": 0.1,
    "sent": 0.02,
    "service": 0.1,
    "asked": 0,
    "condition": 0,
    "visit": 0,
}
STEP_PAGES = [
    Page(
        "intake:step",
        about="draft",
        world="draft",
        arguments={"key": key},
        get=Rule(DRAFTS),
        post=post(DRAFTS),
    )
    for key in programs.get(NM).journey
]


def fuzzed(world: World, pages: list[Page], count: int) -> Findings:
    fuzz = Fuzz(SEED)
    fuzz.run(targets(Walker(world, pages)), count)
    return fuzz.found


@pytest.mark.parametrize(
    "count", [POSTS, pytest.param(ALL_POSTS, marks=pytest.mark.full)], ids=["", "all"]
)
@pytest.mark.parametrize("group", SHARES)
def test_e1_no_post_or_address_makes_an_error_of_ours(world, group, count):
    pages = [page for page in TABLE + STEP_PAGES if page.world == group]
    found = fuzzed(world, pages, share := count * SHARES[group] // 100)

    assert not found.errors, f"{len(found.errors)} errors\n" + "\n".join(found.errors[:12])
    assert not found.lost, f"{len(found.lost)} lost\n" + "\n".join(found.lost[:30])
    assert found.requests == share
    if group in LEAST_REFUSED:  # the other groups refuse no word that can be typed
        assert found.refusals_compared > share * LEAST_REFUSED[group]
    assert found.pages == {page.name for page in pages}


def test_every_group_with_a_form_is_fuzzed():
    assert sum(SHARES.values()) == 100
    with_forms = {page.world for page in TABLE if {"GET", "POST"} <= set(page.rules)}

    assert with_forms - set(SHARES) <= {"passkeys"}, "fuzz these forms, too"


@pytest.mark.slow
def test_e1_finds_an_error_and_a_lost_word(world, monkeypatch):
    """Positive control: a field that trusts what is typed, and a form that forgets it."""
    income = [page for page in STEP_PAGES if page.arguments["key"] in ("income", "household")]
    monkeypatch.setattr(
        MoneyField, "to_python", lambda self, value: Decimal(str(value or 0).replace(",", ""))
    )
    monkeypatch.setattr(PortalBoundField, "value", lambda self: "")

    found = fuzzed(world, income, 240)

    assert any("InvalidOperation" in error for error in found.errors)
    assert found.lost


def test_a_word_that_came_back_cut_is_lost():
    lost = list(words_lost([("name", b"Rosa")], HttpResponse('<input name="name" value="R">')))

    assert lost == ["name: 'Rosa' came back as 'R'"]
