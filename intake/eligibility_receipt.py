"""The eligibility receipt of an application: each rule, the figure it used, from whom, against what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from eligibility.catalogue import service_name
from eligibility.how_we_decide import Figure, HowWeDecide, SourceLine
from eligibility.models import Determination
from eligibility.program_folders import rulebooks
from eligibility.sentences import sentence
from intake.models import Application
from intake.origins import Origins


@dataclass(frozen=True)
class ReceiptLine:
    """One rule: what it asks, what it found and why, from whom the facts are, and the dated figure."""

    question: str
    outcome: str
    because: str
    origins: list[str]
    figures: list[Figure]
    source: SourceLine
    services: list[str]


def receipt_lines(application: Application, determination: Determination) -> list[ReceiptLine]:
    """Return every rule that was asked, once, with the services that rest on it."""
    rulebook = rulebooks()[application.program]
    told = HowWeDecide(rulebook, determination.on)
    origins = Origins(application)
    lines: dict[tuple[str, str], ReceiptLine] = {}
    for key, requirement, finding in _findings(determination):
        asked, because = rulebook.rules[requirement], sentence(finding)
        # Two services may ask the same with lists of their own; the same answer is told once.
        line = lines.get((asked.rule.asks, because))
        if line is None:
            line = lines[asked.rule.asks, because] = ReceiptLine(
                question=told.rule(asked).question,
                outcome=finding["outcome"],
                because=because,
                origins=origins.of(asked.rule.reads),
                figures=told.rule(asked).figures,
                source=told.source(finding["source"]),
                services=[],
            )
        line.services.append(service_name(application.program, key))
    return list(lines.values())


def _findings(determination: Determination) -> Any:
    """Yield (service, requirement, finding); a rule that has left the rulebook since is passed over."""
    rulebook = rulebooks()[determination.program]
    for service in rulebook.on(determination.on).services:
        stored = determination.services.get(service.key)
        if stored is None:
            continue
        open_ones = list(stored["findings"])
        for requirement in service.requires:
            name = rulebook.rules[requirement].rule.name
            finding = next((one for one in open_ones if one["rule"] == name), None)
            if finding is not None:
                open_ones.remove(finding)
                yield service.key, requirement, finding
