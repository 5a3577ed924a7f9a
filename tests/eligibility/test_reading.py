from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.facts import BadFacts, Facts
from eligibility.reading import parse_facts, read_facts
from tests.eligibility.children import example_children
from tests.eligibility.strategies import children, told

CHILD: dict[str, Any] = {
    "program": "nm-cms",
    "on": "2026-11-21",
    "date_of_birth": "2015-03-01",
    "residence": {"state": "NM", "intends_to_stay": True, "away_days": 0, "told_coordinator": None},
    "conditions": [
        {"icd10": "J45.40", "text": None, "status": "confirmed", "on_seizure_medication": None}
    ],
    "has_primary_care_provider": True,
    "household": {"size": 4, "children_with_special_needs": 1},
    "income": [{"amount": "2500.00", "period": "monthly"}],
    "coverage": {"medicaid": "denied", "private_insurance": False, "insurance_pool": "none"},
    "newborn": {
        "born_in_state": None,
        "hearing": "passed",
        "hearing_risk_factors": False,
        "bloodspot": "in_range",
    },
    "last_intake_completed_on": None,
}
LONG_NUMBER = "9" * 6000

REFUSED = [
    ("program", None),
    ("program", 7),
    ("program", ["nm-cms"]),
    ("on", None),
    ("on", ""),
    ("on", "2026-02-30"),
    ("on", "20261121"),
    ("on", "2026-W47-6"),
    ("on", "2026-11-21T00:00:00"),
    ("on", "２０２６-11-21"),
    ("on", 20261121),
    ("date_of_birth", "2026-11-22"),
    ("date_of_birth", "0000-01-01"),
    ("date_of_birth", "1900-02-29"),
    ("date_of_birth", {}),
    ("last_intake_completed_on", "2026-11-22"),
    ("last_intake_completed_on", "yesterday"),
    ("residence", []),
    ("residence", "NM"),
    ("residence.state", "New Mexico"),
    ("residence.state", "nm"),
    ("residence.state", "NM\n"),
    ("residence.state", ["NM"]),
    ("residence.intends_to_stay", "true"),
    ("residence.intends_to_stay", 1),
    ("residence.away_days", True),
    ("residence.away_days", -1),
    ("residence.away_days", 1.5),
    ("residence.away_days", "30"),
    ("residence.away_days", 10**10),
    ("residence.told_coordinator", 0),
    ("conditions", {}),
    ("conditions", "J45.40"),
    ("conditions.0", None),
    ("conditions.0", "J45.40"),
    ("conditions.0.icd10", "asthma"),
    ("conditions.0.icd10", ""),
    ("conditions.0.icd10", " J45.40"),
    ("conditions.0.icd10", "J45.40\n"),
    ("conditions.0.icd10", "J45."),
    ("conditions.0.icd10", "J45.12345"),
    ("conditions.0.icd10", "J4"),
    ("conditions.0.icd10", "445.40"),
    ("conditions.0.icd10", "J45..4"),
    ("conditions.0.icd10", 445),
    ("conditions.0.text", 5),
    ("conditions.0.text", "a\x00b"),
    ("conditions.0.text", "a\ud800b"),
    ("conditions.0.status", "maybe"),
    ("conditions.0.status", ["confirmed"]),
    ("conditions.0.status", True),
    ("conditions.0.on_seizure_medication", "yes"),
    ("has_primary_care_provider", "yes"),
    ("has_primary_care_provider", []),
    ("household", 4),
    ("household.size", 0),
    ("household.size", -3),
    ("household.size", True),
    ("household.size", "4"),
    ("household.size", 4.0),
    ("household.size", [4]),
    ("household.children_with_special_needs", -1),
    ("household.children_with_special_needs", False),
    ("income", {}),
    ("income", "2500"),
    ("income.0", []),
    ("income.0.amount", -1),
    ("income.0.amount", "-0.01"),
    ("income.0.amount", True),
    ("income.0.amount", "twelve"),
    ("income.0.amount", ""),
    ("income.0.amount", " 12"),
    ("income.0.amount", "2_500"),
    ("income.0.amount", "1,000"),
    ("income.0.amount", "１２"),
    ("income.0.amount", "NaN"),
    ("income.0.amount", "Infinity"),
    ("income.0.amount", "1e400"),
    ("income.0.amount", "1e999999999"),
    ("income.0.amount", "1e-400"),
    ("income.0.amount", "0.0000001"),
    ("income.0.amount", "1000000000000"),
    ("income.0.amount", ["2500"]),
    ("income.0.period", "daily"),
    ("income.0.period", {}),
    ("coverage", False),
    ("coverage.medicaid", "unsure"),
    ("coverage.medicaid", False),
    ("coverage.private_insurance", "no"),
    ("coverage.insurance_pool", "waiting"),
    ("newborn", "passed"),
    ("newborn.born_in_state", "NM"),
    ("newborn.hearing", "failed"),
    ("newborn.hearing_risk_factors", "none"),
    ("newborn.bloodspot", "normal"),
]


@pytest.mark.parametrize(("key", "value"), REFUSED, ids=lambda value: ascii(value)[:40])
def test_a_bad_value_is_refused_by_the_name_of_its_key(key: str, value: Any):
    with pytest.raises(BadFacts) as refused:
        parse_facts(told(CHILD, key, value))
    assert refused.value.key == key
    assert str(refused.value).isascii()
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("immigration_status", "immigration_status"),
        ("residence.street", "residence.street"),
        ("conditions.0.name", "conditions.0.name"),
        ("household.assets", "household.assets"),
        ("income.0.source", "income.0.source"),
        ("coverage.chip", "coverage.chip"),
        ("newborn.weight", "newborn.weight"),
    ],
)
def test_an_unknown_key_is_refused_by_its_name(path: str, named: str):
    with pytest.raises(BadFacts) as refused:
        parse_facts(told(CHILD, path, None))
    assert refused.value.key == named


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "facts"),
        ("{", "facts"),
        ("[]", "facts"),
        ("null", "facts"),
        ("7", "facts"),
        ('"nm-cms"', "facts"),
        ("[" * 100_000, "facts"),
        ('{"a":' * 100_000, "facts"),
        ("\ud800", "facts"),
        ('{"program": "nm-cms", "program": "ms-cmp"}', "program"),
        ('{"a\\nb\\u0000": 1}', '"a\\nb\\u0000"'),
        ('{"\\ud800": 1}', '"\\ud800"'),
        (
            '{"program": "nm-cms", "on": "2026-11-21", "income": [{"amount": NaN}]}',
            "income.0.amount",
        ),
        (
            '{"program": "nm-cms", "on": "2026-11-21", "income": [{"amount": -Infinity}]}',
            "income.0.amount",
        ),
        (
            '{"program": "nm-cms", "on": "2026-11-21", "income": [{"amount": 1e400}]}',
            "income.0.amount",
        ),
        (
            '{"program": "nm-cms", "on": "2026-11-21", "income": [{"amount": 1e99999999999999999999}]}',
            "income.0.amount",
        ),
        (
            f'{{"program": "nm-cms", "on": "2026-11-21", "household": {{"size": {LONG_NUMBER}}}}}',
            "household.size",
        ),
        ('{"program": "nm-cms", "on": Infinity}', "on"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_a_text_that_is_no_good_json_is_refused(text: str, key: str):
    with pytest.raises(BadFacts) as refused:
        read_facts(text)
    assert refused.value.key == key
    assert str(refused.value).isascii()
    assert "\n" not in str(refused.value)


def test_bytes_that_are_not_utf_8_are_refused():
    with pytest.raises(BadFacts, match="UTF-8"):
        read_facts(b'{"program": "\xff"}')


def test_a_long_key_is_shortened_in_the_refusal():
    with pytest.raises(BadFacts) as refused:
        parse_facts({**CHILD, "x" * 100_000: 1})
    assert len(str(refused.value)) < 100


def test_everything_but_program_and_day_may_be_absent_or_null():
    least = {"program": "nm-cms", "on": "2026-11-21"}
    assert parse_facts(least) == Facts("nm-cms", date(2026, 11, 21))
    assert parse_facts({**dict.fromkeys(CHILD), **least}) == parse_facts(least)


def test_an_empty_list_is_told_and_an_absent_one_is_not():
    facts = parse_facts({**CHILD, "conditions": [], "income": []})
    assert facts.conditions == ()
    assert facts.income == ()
    assert parse_facts({"program": "nm-cms", "on": "2026-11-21"}).income is None


def test_a_code_is_read_in_capitals():
    assert parse_facts(told(CHILD, "conditions.0.icd10", "c7a.00")).conditions[0].icd10 == "C7A.00"


@pytest.mark.parametrize("amount", ["2500.5", "2.5005e3", 2500.5, Decimal("2500.50")])
def test_money_is_exact_however_it_is_written(amount: Any):
    text = json.dumps(told(CHILD, "income.0.amount", str(amount)))
    assert read_facts(text).income[0].amount == Decimal("2500.50")


def test_a_number_in_json_is_never_a_float():
    text = '{"program": "nm-cms", "on": "2026-11-21", "income": [{"amount": 0.1}, {"amount": 0.2}]}'
    assert sum(line.amount for line in read_facts(text).income) == Decimal("0.3")


@pytest.mark.parametrize("amount", ["-0", "-0.00", "0e5"])
def test_nothing_less_than_nothing(amount: str):
    assert str(parse_facts(told(CHILD, "income.0.amount", amount)).income[0].amount) == "0"


def written_out(facts: Facts) -> dict[str, Any]:
    """Return facts in the shape in which they were told; assets are not part of it."""
    told = json.loads(json.dumps(asdict(facts), default=str))
    del told["assets"]
    return told


def test_facts_written_out_read_back_the_same():
    for child in example_children():
        facts = parse_facts(child.facts)
        assert read_facts(json.dumps(written_out(facts))) == facts
    assert written_out(parse_facts(CHILD)) == CHILD


@given(children())
def test_any_made_up_child_reads_back_the_same(facts: dict[str, Any]):
    read = parse_facts(facts)
    assert parse_facts(written_out(read)) == read


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.decimals(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(CHILD)), JSON_VALUES)
def test_whatever_is_put_in_a_key_is_read_or_refused(key: str, value: Any):
    try:
        facts = parse_facts({**CHILD, key: value})
    except BadFacts as refused:
        assert str(refused).isascii()
    else:
        assert replace(facts) == facts


@given(st.text() | st.binary())
def test_whatever_the_text_it_is_read_or_refused(text: str | bytes):
    with pytest.raises(BadFacts):
        read_facts(text)
