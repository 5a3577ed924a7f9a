"""What stored determinations would be now, and under rules that are not in force yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from eligibility.engine import Recommendation, determine_any
from eligibility.facts import BadFacts
from eligibility.models import Determination
from eligibility.reading import parse_facts
from eligibility.rulebooks import Rulebook

AT_ONCE = 2000
NO_COUNTY = "no county"


@dataclass(frozen=True)
class Difference:
    """A stored determination that comes out otherwise; `same_rules` makes it a fault."""

    determination: int
    services: tuple[str, ...]
    same_rules: bool


@dataclass
class Replayed:
    """How many determinations were asked again, and what differed."""

    count: int = 0
    by_other_rules: int = 0
    differences: list[Difference] = field(default_factory=list)


def replay(
    determinations: Iterable[Determination],
    rulebooks: Mapping[str, Rulebook],
    *,
    seen: Callable[[], Any] = lambda: None,
) -> Replayed:
    """Ask the rules again about each stored determination's own facts and day.

    Under the same rulebook every finding has to be the same; under a later one, every outcome is
    compared.
    """
    told = Replayed()
    for stored in determinations:
        now = determine_any(rulebooks, parse_facts(stored.facts))
        same_rules = now.rulebook == stored.rulebook
        differing = tuple(_differing(stored.services, now, whole=same_rules))
        told.count += 1
        told.by_other_rules += not same_rules
        if differing:
            told.differences.append(Difference(stored.pk, differing, same_rules))
        seen()
    return told


def _differing(stored: Mapping[str, Any], now: Recommendation, *, whole: bool) -> Iterator[str]:
    for key, before in stored.items():
        after = now.services.get(key)
        if after is None or after.outcome.value != before["outcome"]:
            yield key
            continue
        findings = [one.as_stored() for one in after.findings]
        if whole and findings != before["findings"]:
            yield key


@dataclass
class Preview:
    """Who would flip: (program, service, from, to, county) counted, and the facts nobody could read."""

    count: int = 0
    flips: Counter[tuple[str, str, str, str, str]] = field(default_factory=Counter)
    unreadable: int = 0


def preview(
    caseload: Iterable[tuple[dict[str, Any], str | None]],
    current: Mapping[str, Rulebook],
    candidate: Mapping[str, Rulebook],
    *,
    on: date,
    seen: Callable[[], Any] = lambda: None,
) -> Preview:
    """Ask both rulebooks about each (facts, county), on one day, and count what comes out otherwise."""
    found = Preview()
    for facts, county in caseload:
        found.count += 1
        try:
            known = parse_facts(facts | {"on": on.isoformat()})
            before, after = determine_any(current, known), determine_any(candidate, known)
        except BadFacts:
            found.unreadable += 1
        else:
            for service, outcome, changed in flips(before, after):
                flip = (known.program, service, outcome, changed, county or NO_COUNTY)
                found.flips[flip] += 1
        seen()
    return found


def flips(before: Recommendation, after: Recommendation) -> Iterator[tuple[str, str, str]]:
    """Yield (service, from, to) for each service that comes out otherwise."""
    for key in {**before.services, **after.services}:
        was, becomes = (
            one.services[key].outcome.value if key in one.services else "not offered"
            for one in (before, after)
        )
        if was != becomes:
            yield key, was, becomes


def caseload() -> QuerySet[Any, Any]:
    """Return (facts, county) of the newest determination of each case."""
    return (
        Determination.objects.order_by("case_key", "-pk")
        .distinct("case_key")
        .values_list("facts", "household__county__name")
    )
