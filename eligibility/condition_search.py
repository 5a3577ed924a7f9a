"""Finding a condition by what a family calls it, and what it opens under a program's own rules.

Everyday words of ours come first, in either language and misspelt; then the published names of all
codes, in English; a code that is typed is looked up as it is. Nothing asked is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from eligibility.condition_lists import ListedCondition
from eligibility.diagnosis_codes import plain
from eligibility.facts import Condition, Facts, Status
from eligibility.library import Outcome
from eligibility.models import DiagnosisCode
from eligibility.program_folders import rulebooks
from eligibility.rulebooks import Rulebook, Service
from eligibility.sentences import words

EVERYDAY_WORDS = Path(__file__).parent / "everyday_words.yaml"
TYPED_CODE = re.compile(r"\s*([A-Za-z][0-9][0-9A-Za-z])\.?([0-9A-Za-z]{0,4})\s*")
CLOSE_ENOUGH = 0.8
MOST_GROUPS = 8
MOST_NAMES = 40
LONGEST_QUESTION = 100
SHORTEST_WORD = 3


class Meaning(NamedTuple):
    """What an everyday word means: a range of codes, and its first word in each language."""

    low: str
    en: str
    es: str


@dataclass(frozen=True)
class Opened:
    """What a condition opens under one program: services by name."""

    at_once: tuple[str, ...]
    after_a_look: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """One group of conditions that fits what was asked."""

    name: str
    codes: tuple[str, ...]
    is_listed: bool
    needs_seizure_medication: bool
    opens: Opened


def search(asked: str, *, program: str, on: date) -> list[Match]:
    """Return the condition groups that fit the words or the code, the closest first."""
    asked = asked[:LONGEST_QUESTION]
    if (typed := TYPED_CODE.fullmatch(asked)) is not None:
        found = _codes_beginning(typed)
    else:
        found = _in_words(plain(asked))
    return list(_grouped(found, rulebooks()[program], on))[:MOST_GROUPS]


def _in_words(asked: str) -> list[tuple[str, str]]:
    """Return (code, name) of our own words, then of the published names.

    Where our own words fit, a published name must have each word asked for: "asma" is not "chloasma".
    """
    everyday = _everyday(asked)
    return everyday + [
        (code, name)
        for code, name in _published(asked)
        if not everyday or _is_within(asked, plain(name))
    ]


@cache
def everyday_words() -> Mapping[str, Meaning]:
    """Return every everyday word, as it is searched, with what it means."""
    rows = yaml.safe_load(EVERYDAY_WORDS.read_text(encoding="utf-8"))
    meanings: dict[str, Meaning] = {}
    for row in rows:
        low = str(row["codes"]).partition("-")[0]
        meaning = Meaning(low, row["en"][0], row["es"][0])
        for word in (*row["en"], *row["es"]):
            meanings.setdefault(plain(str(word)), meaning)
    return meanings


def _everyday(asked: str) -> list[tuple[str, str]]:
    """Return (code, everyday name) of the words closest to what was asked."""
    close = process.extract(
        asked, list(everyday_words()), scorer=_closeness, score_cutoff=CLOSE_ENOUGH, limit=10
    )
    meanings = (everyday_words()[word] for word, _score, _place in close)
    return [(meaning.low, _titled(words(meaning._asdict()))) for meaning in dict.fromkeys(meanings)]


def _titled(name: str) -> str:
    return name[:1].upper() + name[1:]


def _closeness(asked: str, word: str, **_options: Any) -> float:
    """Compare whole phrases, and one inside the other: "my son has seizures", or just "heart"."""
    if len(word) <= SHORTEST_WORD or len(asked) <= SHORTEST_WORD:
        return 1.0 if word in asked.split() else 0.0
    if _is_within(word, asked) or _is_within(asked, word):
        return max(CLOSE_ENOUGH, _alike(asked, word))
    return _alike(asked, word)


def _alike(one: str, other: str) -> float:
    """Compare by how many letters are wrong, missing, too many or swapped; 1 is the same."""
    return float(OSA.normalized_similarity(one, other))


def _is_within(phrase: str, longer: str) -> bool:
    """Say whether every word of a phrase is in the longer one, or nearly."""
    there = longer.split()
    return all(max(_alike(part, one) for one in there) >= CLOSE_ENOUGH for part in phrase.split())


def _published(asked: str) -> list[tuple[str, str]]:
    if len(asked) <= SHORTEST_WORD:
        return []
    # Of names that fit alike, the short ones are the plain ones.
    rows = (
        DiagnosisCode.objects.filter(plain__trigram_word_similar=asked)
        .annotate(closeness=TrigramWordSimilarity(asked, "plain"))
        .order_by("-closeness", Length("plain"), "code")[:MOST_NAMES]
    )
    return [(row.code, row.name) for row in rows]


def _codes_beginning(typed: re.Match[str]) -> list[tuple[str, str]]:
    category, rest = typed[1].upper(), typed[2].upper()
    code = f"{category}.{rest}" if rest else category
    rows = DiagnosisCode.objects.filter(code__startswith=code).order_by("code")[:MOST_NAMES]
    return [(row.code, row.name) for row in rows]


def _grouped(found: Iterable[tuple[str, str]], rulebook: Rulebook, on: date) -> Iterator[Match]:
    """Yield a match for each row of the program's list, and for each unlisted category."""
    groups: dict[str, tuple[str, ListedCondition | None, list[str]]] = {}
    for code, name in found:
        row = _row_of(code, rulebook, on)
        key = row.name["en"] if row else code[:3]
        shown = words(row.name) if row else name
        codes = groups.setdefault(key, (shown, row, []))[2]
        if code not in codes:
            codes.append(code)
    for name, row, codes in groups.values():
        yield Match(
            name=name,
            codes=tuple(codes),
            is_listed=row is not None,
            needs_seizure_medication=bool(row and row.needs_seizure_medication),
            opens=opened_by(codes[0], rulebook, on),
        )


def _row_of(code: str, rulebook: Rulebook, on: date) -> ListedCondition | None:
    """Return the row by which any rule of the program lists a code."""
    lists = (
        requirement.values.list
        for requirement in rulebook.on(on).requirements.values()
        if requirement.values.list is not None
    )
    return next((row for picked in lists if (row := picked.find(code)) is not None), None)


def opened_by(code: str, rulebook: Rulebook, on: date) -> Opened:
    """Return what a confirmed condition opens, as far as conditions go; age and home count besides."""
    condition = Condition(icd10=code, status=Status.CONFIRMED, on_seizure_medication=True)
    facts = Facts(program=rulebook.program.code, on=on, conditions=(condition,))
    by_outcome: dict[Outcome, list[str]] = {Outcome.MET: [], Outcome.NEEDS_REVIEW: []}
    for service in rulebook.on(on).services:
        outcome = _outcome_for(service, rulebook, facts)
        if outcome in by_outcome:
            by_outcome[outcome].append(words(service.name))
    return Opened(tuple(by_outcome[Outcome.MET]), tuple(by_outcome[Outcome.NEEDS_REVIEW]))


def _outcome_for(service: Service, rulebook: Rulebook, facts: Facts) -> Outcome | None:
    """Return what a service's rule about conditions finds; None where it has none."""
    requirements = rulebook.on(facts.on).requirements
    for key in service.requires:
        if "conditions" in requirements[key].rule.reads:
            return requirements[key].find(facts).outcome
    return None
