"""What the example children cannot show: rules that are not in force, and the ends of time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from eligibility.facts import Facts
from eligibility.library import RULES, Answer, Outcome, Values, met, rule
from eligibility.rules.ages import born_to_be
from eligibility.rules.care import first_anniversary
from eligibility.rules.money import assets_under_limit

ON = date(2026, 11, 21)


def assets(told: str | None, limit: str | None) -> Answer:
    facts = Facts("nm-cms", ON, assets=None if told is None else Decimal(told))
    return assets_under_limit(facts, Values(limit=None if limit is None else Decimal(limit)), ON)


def test_assets_wait_for_a_person_while_the_limit_is_not_published():
    assert assets("100", None).outcome is Outcome.NEEDS_REVIEW


@pytest.mark.parametrize(
    ("told", "outcome"),
    [(None, "unknown"), ("9999.99", "met"), ("10000", "not_met"), ("10000.01", "not_met")],
)
def test_assets_against_a_limit(told: str | None, outcome: str):
    assert assets(told, "10000").outcome == outcome


def test_an_anniversary_at_the_end_of_the_calendar():
    assert first_anniversary(date(9999, 6, 1)) == date.max
    assert first_anniversary(date(2024, 2, 29)) == date(2025, 3, 1)
    assert first_anniversary(date(2023, 2, 28)) == date(2024, 2, 28)


def test_someone_born_to_be_an_age_is_that_age_on_the_day():
    for on in (ON, date(2024, 2, 29), date(2025, 3, 1), date(2025, 2, 28)):
        for age, born in zip((0, 6, 12, 19, 21), born_to_be([6, 12, 19, 21], on), strict=True):
            assert Facts("nm-cms", on, date_of_birth=born).age_on(on) == age


def test_two_rules_cannot_share_a_name():
    with pytest.raises(ValueError, match="two rules are called age"):
        rule("age", asks="", reads=[], favours={})(RULES["age"].check)


def test_a_finding_stores_only_what_json_can_hold():
    assert met("", day=ON, sum=Decimal("2.5"), tail=Decimal("0.125")).values == {
        "day": "2026-11-21",
        "sum": "2.50",
        "tail": "0.125",
    }
    with pytest.raises(TypeError):
        met("", wrong=[1])


def test_an_argument_a_program_leaves_out_is_none():
    assert Values(limit=3).other is None
