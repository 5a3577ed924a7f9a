"""The rule library's frame: four outcomes, findings, and the register of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import SimpleNamespace
from typing import Any, NamedTuple, TypeAlias

from .facts import Facts

Words: TypeAlias = Mapping[str, str]
Stored: TypeAlias = int | str | dict[str, str]


class Outcome(StrEnum):
    """What one rule finds."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NEEDS_REVIEW = "needs_review"


class Answer(NamedTuple):
    """What a rule says: an outcome, a marked message, and the values that fill it.

    `source` is given when something more exact than the requirement's own source stands behind it.
    """

    outcome: Outcome
    message: str
    values: Mapping[str, Stored]
    source: str | None = None


class Finding(NamedTuple):
    """A rule's answer with its name and its source, fit to be stored as JSON."""

    rule: str
    outcome: Outcome
    message: str
    values: Mapping[str, Stored]
    source: str

    def as_stored(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "outcome": self.outcome.value,
            "message": self.message,
            "values": dict(self.values),
            "source": self.source,
        }


class Values(SimpleNamespace):
    """A rule's arguments with the figures in force on the day: `values.limit`, `values.list`."""

    def __getattr__(self, name: str) -> Any:
        """Return None for an argument that the program does not set."""
        return None


Check: TypeAlias = Callable[[Facts, Values, date], Answer]
Favours: TypeAlias = Callable[[Facts, Values, date], Mapping[str, Any]]


@dataclass(frozen=True)
class Rule:
    """One question about a child.

    `takes` are the arguments a program gives (name to unit, a trailing ? for those it may leave
    out); `reads` the facts it looks at; `favours` the answers to them that could help.
    """

    name: str
    asks: str
    check: Check
    reads: tuple[str, ...]
    takes: Mapping[str, str]
    favours: Favours

    def unit_of(self, argument: str) -> str:
        return self.takes[argument].rstrip("?")

    @property
    def needed(self) -> frozenset[str]:
        return frozenset(name for name, unit in self.takes.items() if not unit.endswith("?"))


RULES: dict[str, Rule] = {}


def rule(
    name: str,
    *,
    asks: str,
    reads: Iterable[str],
    favours: Favours | Mapping[str, Any],
    takes: Mapping[str, str] | None = None,
) -> Callable[[Check], Check]:
    """Register a function as the rule that programs call by this name."""

    def register(check: Check) -> Check:
        if name in RULES:
            raise ValueError(f"two rules are called {name}")
        helpful = favours if callable(favours) else lambda _facts, _values, _on: favours
        RULES[name] = Rule(name, asks, check, tuple(reads), takes or {}, helpful)
        return check

    return register


def met(message: str, source: str | None = None, **values: object) -> Answer:
    return Answer(Outcome.MET, message, _storable(values), source)


def not_met(message: str, source: str | None = None, **values: object) -> Answer:
    return Answer(Outcome.NOT_MET, message, _storable(values), source)


def unknown(message: str, source: str | None = None, **values: object) -> Answer:
    return Answer(Outcome.UNKNOWN, message, _storable(values), source)


def needs_review(message: str, source: str | None = None, **values: object) -> Answer:
    return Answer(Outcome.NEEDS_REVIEW, message, _storable(values), source)


def _storable(values: Mapping[str, object]) -> dict[str, Stored]:
    return {
        key: value if isinstance(value, (int, str, dict)) else _plain(value)
        for key, value in values.items()
    }


def _plain(value: object) -> Stored:
    if isinstance(value, Decimal):
        return _dollars(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a finding cannot store {value!r}")


def _dollars(amount: Decimal) -> str:
    """Write dollars and cents, and more decimals only when they are there."""
    cents = amount.quantize(Decimal("0.01"))
    return f"{cents if cents == amount else amount.normalize():f}"
