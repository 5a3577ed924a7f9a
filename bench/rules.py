"""Times the rules themselves: one determination, the caseload under a candidate, the condition search."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from eligibility.comparing import AT_ONCE, caseload, preview
from eligibility.condition_search import everyday_words, search
from eligibility.engine import determine_any
from eligibility.program_folders import load_rulebooks, rulebooks
from eligibility.reading import parse_facts
from eligibility.sentences import as_json

DETERMINATION_MS, SEARCH_MS = 1.0, 50.0
PREVIEW_SECONDS_A_CHILD = 60 / 100_000
HOW_MANY = 2_000


@dataclass(frozen=True)
class RuleTiming:
    """One figure with its aim, both in the same unit."""

    what: str
    value: float
    aim: float
    unit: str

    @property
    def is_met(self) -> bool:
        return self.value <= self.aim

    def line(self) -> str:
        over = "" if self.is_met else "  over"
        return f"{self.what:<46}{self.value:>10.3f} {self.unit}, aim {self.aim:g}{over}"


def time_rules() -> Iterator[RuleTiming]:
    """Yield the figures, over the children the database holds."""
    facts = [facts for facts, _county in caseload()[:HOW_MANY]]
    yield RuleTiming(
        "one determination with its reasons",
        _middle(lambda one: as_json(determine_any(rulebooks(), parse_facts(one))), facts),
        DETERMINATION_MS,
        "ms",
    )
    yield _time_preview()
    words = list(everyday_words())[::3]
    today = timezone.localdate()
    search(words[0], program="nm-cms", on=today)
    yield RuleTiming(
        "condition search, p95",
        p95(lambda word: search(word, program="nm-cms", on=today), words),
        SEARCH_MS,
        "ms",
    )


def _time_preview() -> RuleTiming:
    candidate = load_rulebooks()
    began = time.perf_counter()
    rows = caseload().iterator(chunk_size=AT_ONCE)
    found = preview(rows, rulebooks(), candidate, on=timezone.localdate())
    spent = time.perf_counter() - began
    return RuleTiming(
        f"preview of a rulebook, {found.count:,} children",
        spent,
        max(PREVIEW_SECONDS_A_CHILD * found.count, 1.0),
        "s",
    )


def _each(call: Callable[[Any], Any], given: Iterable[Any]) -> list[float]:
    spent = []
    for one in given:
        began = time.perf_counter()
        call(one)
        spent.append((time.perf_counter() - began) * 1000)
    return spent


def _middle(call: Callable[[Any], Any], given: Iterable[Any]) -> float:
    return statistics.median(_each(call, given))


def p95(call: Callable[[Any], Any], given: Iterable[Any]) -> float:
    """Return the time in milliseconds that 95 of 100 calls stay within."""
    return statistics.quantiles(_each(call, given), n=20)[-1]
