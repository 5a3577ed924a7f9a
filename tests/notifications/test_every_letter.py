"""Every letter there is, in both languages: whole, tagged, in order when read aloud, and plain if wished."""

from __future__ import annotations

import io
import re

import pytest
from django.utils import translation
from django.utils.formats import date_format
from pypdf import PdfReader

from cms_portal import programs
from cms_portal.notifications import letters
from cms_portal.notifications.deadlines import text_of
from cms_portal.notifications.letters import pdf_of
from cms_portal.notifications.paragraphs import parts_of
from tests.notifications.aloud import read_aloud
from tests.notifications.examples import (
    EVERY_KEY,
    EXAMPLES,
    ILLNESS,
    LETTERS,
    MAILED_ON,
    example,
)

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "es"]
NAMING = {
    "intake/age_limit",
    "intake/decision_notice",
    "intake/information_asked",
    "intake/information_reminder",
    "intake/review_decided",
    "intake/review_more_asked",
    "intake/review_not_taken_up",
}
LONGEST_SENTENCE, LONGEST_ON_AVERAGE = 32, 17


@pytest.fixture
def no_fallback(monkeypatch):
    """A letter that the standard refuses fails, rather than go out as a lesser file."""

    def only_whole(template, inputs):
        return letters._compile(template, inputs, letters.UNIVERSAL_ACCESS)

    monkeypatch.setattr(letters, "compile_pdf", only_whole)


def test_every_message_of_every_app_has_its_example():
    assert sorted(EXAMPLES) == EVERY_KEY


@pytest.mark.parametrize("plain", [False, True], ids=["full", "plain"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", LETTERS)
def test_a_letter_is_a_tagged_pdf_that_reads_in_its_order(key, language, plain, no_fallback):
    letter = example(key, language, plain=plain)
    pdf = pdf_of([letter])

    catalog = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert bool(catalog["/MarkInfo"]["/Marked"])
    assert str(catalog["/Lang"]).startswith(language)
    assert PdfReader(io.BytesIO(pdf)).metadata.title == letter.title
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert_in_order(read_aloud(pdf), said_in(letter, plain=plain))


def said_in(letter, *, plain=False):
    with translation.override(letter.language):
        yield from letter.address.splitlines()
        yield date_format(MAILED_ON, "DATE_FORMAT")
        yield letter.title
        for part in parts_of(text_of(letter, plain=plain)):
            yield from part.items or [part.text]
        yield programs.get(letter.program).agency


def assert_in_order(aloud, pieces):
    aloud, at = squeezed(aloud), 0
    for piece in pieces:
        found = aloud.find(squeezed(piece), at)
        assert found >= 0, (
            f"not read, or too early: {piece!r} after {aloud[max(0, at - 80) : at]!r}"
        )
        at = found + len(squeezed(piece))


def squeezed(words):
    """A line's end is a gap for the eye alone."""
    return re.sub(r"\s+", "", words)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", LETTERS)
def test_a_plain_letter_names_no_illness_and_says_that_it_leaves_something_out(key, language):
    full = read_aloud(pdf_of([example(key, language)]))
    plain = read_aloud(pdf_of([example(key, language, plain=True)]))
    assert (ILLNESS in full) is (key in NAMING)
    assert ILLNESS not in plain
    says_less = "does not say everything" in plain or "no lo dice todo" in plain
    assert says_less is (key in NAMING)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_of_three_pages_counts_them_and_keeps_its_order(language, no_fallback):
    letter = example("intake/decision_notice", language)
    letter.text += "\n\n" + "\n\n".join(f"{number}. {text_of(letter)[:300]}" for number in range(5))
    pdf = pdf_of([letter])
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) == 3
    assert re.search(r"3\s+(of|de)\s+3", pages[-1])
    assert_in_order(read_aloud(pdf), said_in(letter))


@pytest.mark.parametrize("program", ["nm-cms", "ms-cmp"])
def test_letters_of_both_languages_lie_in_one_file(program, no_fallback):
    pdf = pdf_of([example("intake/welcome", code, program) for code in LANGUAGES])
    assert len(PdfReader(io.BytesIO(pdf)).pages) >= 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", LETTERS)
def test_sentences_are_short_enough_for_a_tired_parent(key, language):
    text = text_of(example(key, language))
    found = [
        sentence.split()
        for part in parts_of(text)
        for piece in (part.items or [part.text])
        for sentence in re.split(r"(?<=[.?!:;])\s+", piece)
    ]
    lengths = [len(words) for words in found if len(words) > 2]
    assert max(lengths) <= LONGEST_SENTENCE, " ".join(max(found, key=len))
    assert sum(lengths) / len(lengths) <= LONGEST_ON_AVERAGE
