from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from eligibility.engine import determine_any
from eligibility.library import Finding, Outcome
from eligibility.program_folders import rulebooks
from eligibility.reading import parse_facts
from eligibility.sentences import as_json, day, money, say, sentence, words
from tests.eligibility.children import example_children


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def findings() -> dict[tuple[str, str], Finding]:
    """One finding for each message that the example children meet."""
    found: dict[tuple[str, str], Finding] = {}
    for child in example_children():
        for service in determine_any(rulebooks(), parse_facts(child.facts)).services.values():
            found |= {(one.rule, one.message): one for one in service.findings}
    return found


def test_every_finding_reads_as_a_sentence_in_both_languages():
    for finding in findings().values():
        for language in ("en", "es"):
            with translation.override(language):
                said = sentence(finding)
            assert said[-1] in ".?", said
            assert "{" not in said, said
            assert "…" not in said, said


def test_the_spanish_of_a_finding_is_not_its_english():
    for finding in findings().values():
        english = sentence(finding)
        with translation.override("es"):
            assert sentence(finding) != english


def test_a_stored_finding_reads_like_the_fresh_one():
    for finding in findings().values():
        stored = json.loads(json.dumps(finding.as_stored()))
        for language in ("en", "es"):
            with translation.override(language):
                assert sentence(stored) == sentence(finding)


def test_no_sentence_tells_a_family_to_apply_in_order_to_be_refused():
    for finding in findings().values():
        assert not re.search(r"\b(apply|denial|denied|refus)", sentence(finding), re.IGNORECASE)


def test_no_sentence_speaks_of_immigration():
    for finding in findings().values():
        assert not re.search(r"immigra|citizen|status", sentence(finding), re.IGNORECASE)


@pytest.mark.parametrize(
    ("amount", "read"),
    [
        ("66000.00", "$66,000"),
        ("0.00", "$0"),
        ("0.5", "$0.50"),
        ("2500.50", "$2,500.50"),
        ("65999.995", "$65,999.995"),
        ("1234567.89", "$1,234,567.89"),
        ("not money", "not money"),
        ("NaN", "NaN"),
        ("1E+999999", "1E+999999"),
        (None, "None"),
    ],
)
def test_money_as_a_person_reads_it(amount: Any, read: str):
    assert money(amount) == read


def test_a_date_as_a_person_reads_it():
    assert day("2026-12-04") == "December 4, 2026"
    with translation.override("es"):
        assert day("2026-12-04") == "4 de diciembre de 2026"
    assert day("soon") == "soon"


def test_words_kept_in_both_languages():
    both = {"en": "New Mexico", "es": "Nuevo México"}
    assert words(both) == "New Mexico"
    with translation.override("es-mx"):
        assert words(both) == "Nuevo México"
    with translation.override(None):
        assert words(both) == "New Mexico"
    with translation.override("es"):
        assert words({"en": "Only English"}) == "Only English"
    assert words("plain") == "plain"


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ({}, "…"),
        ({"message": None, "values": None}, "…"),
        ({"message": "Age {age} is under {limit}.", "values": None}, "Age … is under …."),
        ({"message": "Age {age} is under {limit}.", "values": {"age": 3}}, "Age 3 is under …."),
        ({"message": "{a.__class__} {0} {", "values": {"a": 1}}, "{a.__class__} … {"),
        ({"message": "{due:date} {sum:money} {x:shout}", "values": {"due": [], "x": 1}}, "[] … 1"),
    ],
)
def test_a_stored_finding_that_is_broken_is_read_out_plainly(stored: dict[str, Any], read: str):
    assert sentence(stored) == read


@given(
    st.text() | st.none() | st.integers(),
    st.none()
    | st.dictionaries(
        st.text(),
        st.none() | st.text() | st.integers() | st.floats() | st.dictionaries(st.text(), st.text()),
    ),
)
def test_nothing_stored_makes_reading_out_fail(message: Any, values: Any):
    assert isinstance(say(message, values), str)
    assert isinstance(say("{a} {b:money} {c:date} {d:name}", values), str)


@given(st.none() | st.text() | st.floats() | st.integers() | st.binary() | st.lists(st.text()))
def test_no_value_makes_reading_out_fail(value: Any):
    assert isinstance(money(value), str)
    assert isinstance(day(value), str)
    assert isinstance(words(value), str)


def test_the_answer_has_the_shape_of_the_contract():
    child = {"program": "nm-cms", "on": "2026-11-21", "date_of_birth": "2015-03-01"}
    answer = json.loads(json.dumps(as_json(determine_any(rulebooks(), parse_facts(child)))))
    assert list(answer) == ["program", "on", "rulebook", "services"]
    assert list(answer["services"]["medical_payment"]) == ["outcome", "ask_next", "findings"]
    assert answer["services"]["care_coordination"]["findings"][1] == {
        "rule": "age",
        "outcome": "met",
        "because": "Age 11 is under 21.",
        "source": "nm_program_page",
        "values": {"age": 11, "limit": 21},
    }


def test_a_finding_is_stored_with_its_message_and_its_values():
    finding = Finding("age", Outcome.MET, "Age {age}.", {"age": 3}, "nm_program_page")
    assert finding.as_stored() == {
        "rule": "age",
        "outcome": "met",
        "message": "Age {age}.",
        "values": {"age": 3},
        "source": "nm_program_page",
    }
