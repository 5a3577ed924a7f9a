"""One answer per service, and why: the rules of a program asked about a child on a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from .asking import Asking
from .facts import BadFacts, Facts
from .library import Finding, Outcome
from .rulebooks import Rulebook


class Availability(StrEnum):
    """What a service's findings mean together."""

    AVAILABLE = "available"
    NOT_AVAILABLE = "not_available"
    UNKNOWN = "unknown"
    NEEDS_REVIEW = "needs_review"


# The first of these that any rule finds decides.
MEANING = (
    (Outcome.NOT_MET, Availability.NOT_AVAILABLE),
    (Outcome.UNKNOWN, Availability.UNKNOWN),
    (Outcome.NEEDS_REVIEW, Availability.NEEDS_REVIEW),
)


class ServiceRecommendation(NamedTuple):
    """What the rules recommend for one service, why, and what to ask next."""

    outcome: Availability
    ask_next: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What the rules recommend for a child on a day; a person decides."""

    program: str
    on: date
    rulebook: str
    services: Mapping[str, ServiceRecommendation]


def determine(rulebook: Rulebook, facts: Facts) -> Recommendation:
    """Return a recommendation per service; raises BadFacts for another program or an early day."""
    if facts.program != rulebook.program.code:
        raise BadFacts("program", f"these are the rules of {rulebook.program.code}")
    edition = rulebook.on(facts.on)
    findings = {key: one.find(facts) for key, one in edition.requirements.items()}
    asking = Asking(edition, facts, findings)
    services = {}
    for service in edition.services:
        found = tuple(findings[key] for key in service.requires)
        outcome = availability([finding.outcome for finding in found])
        ask_next = asking.next_for(service) if outcome is Availability.UNKNOWN else ()
        services[service.key] = ServiceRecommendation(outcome, ask_next, found)
    return Recommendation(facts.program, facts.on, edition.hash, services)


def determine_any(rulebooks: Mapping[str, Rulebook], facts: Facts) -> Recommendation:
    """Return the recommendation of the program the facts name; raises BadFacts if there is none."""
    rulebook = rulebooks.get(facts.program)
    if rulebook is None:
        raise BadFacts("program", "must be one of " + ", ".join(sorted(rulebooks)))
    return determine(rulebook, facts)


def availability(outcomes: Collection[Outcome]) -> Availability:
    """Return what findings mean together: a no comes first, then unknown, then a person's look."""
    for outcome, meant in MEANING:
        if outcome in outcomes:
            return meant
    return Availability.AVAILABLE
