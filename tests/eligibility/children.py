"""The example children of `examples/`: each a sentence, a paragraph of a source, facts, answers."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

EXAMPLES = Path(__file__).parent / "examples"


@dataclass(frozen=True)
class Expected:
    """The outcome of a service, and what each of its rules finds."""

    outcome: str
    findings: Mapping[str, str]


@dataclass(frozen=True)
class ExampleChild:
    """A made-up child, and what the rules must say."""

    name: str
    source: str
    paragraph: str
    facts: Mapping[str, Any]
    expect: Mapping[str, Expected]
    says: Mapping[str, str]
    asks: Mapping[str, tuple[str, ...]]


def example_children() -> Iterator[ExampleChild]:
    """Every example child of every file."""
    for path in sorted(EXAMPLES.glob("*.yaml")):
        given = yaml.load(path.read_text(), Loader=yaml.CSafeLoader)
        for one in given["examples"]:
            facts: dict[str, Any] = {"program": given["program"]}
            _tell(facts, given["facts"])
            _tell(facts, one.get("facts", {}))
            yield ExampleChild(
                name=one["name"],
                source=one.get("source", given["source"]),
                paragraph=one.get("paragraph", given["paragraph"]),
                facts=facts,
                expect={key: _expected(words) for key, words in one["expect"].items()},
                says=one.get("says", {}),
                asks={key: tuple(paths) for key, paths in one.get("asks", {}).items()},
            )


def _tell(facts: dict[str, Any], told: Mapping[str, Any]) -> None:
    """Add facts; a key with a dot changes one leaf, any other replaces what was there."""
    for key, given in told.items():
        value = given.isoformat() if isinstance(given, date) else copy.deepcopy(given)
        group, _, leaf = key.partition(".")
        if leaf:
            facts[group] = {**(facts.get(group) or {}), leaf: value}
        else:
            facts[group] = value


def _expected(words: list[str]) -> Expected:
    outcome, *findings = words
    return Expected(outcome, dict(finding.split() for finding in findings))
