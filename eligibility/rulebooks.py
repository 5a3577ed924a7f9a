"""A program's rulebook through time, and as it stands on one day."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from .condition_lists import ConditionList, PickedConditions
from .facts import BadFacts, Facts
from .faults import BadRulebook
from .library import Finding, Rule, Values
from .parameters import DatedValue, Parameter, Words

HERE = Path(__file__).parent
CODE = (
    "facts.py",
    "library.py",
    "engine.py",
    "asking.py",
    "open_lists.py",
    "favourable.py",
    "parameters.py",
    "condition_lists.py",
    "rules/*.py",
)


@dataclass(frozen=True)
class Program:
    """The program a rulebook belongs to."""

    code: str
    state: str
    state_name: Words
    name: Words
    pays_for_care: bool
    passes_on_to_medicaid: DatedValue


@dataclass(frozen=True)
class Source:
    """Where a rule or a value comes from; `url` is None for our own working assumptions."""

    key: str
    name: Words
    url: str | None


@dataclass(frozen=True)
class AskedRule:
    """A rule with the arguments one program gives it; `until` is the day it was suspended."""

    key: str
    rule: Rule
    source: str
    arguments: Mapping[str, Any]
    until: date | None
    note: Words | None

    def is_in_force(self, day: date) -> bool:
        return self.until is None or day < self.until


@dataclass(frozen=True)
class Service:
    """A service of a program; `requires` are keys of its rules, in the order they are read."""

    key: str
    name: Words
    summary: Words
    payable: bool
    requires: tuple[str, ...]


@dataclass(frozen=True)
class Requirement:
    """A rule as one program asks it on one day: its arguments are bound to figures."""

    key: str
    rule: Rule
    values: Values
    source: str

    def find(self, facts: Facts) -> Finding:
        answer = self.rule.check(facts, self.values, facts.on)
        source = answer.source or self.source
        return Finding(self.rule.name, answer.outcome, answer.message, answer.values, source)


@dataclass(frozen=True, eq=False)
class Edition:
    """A rulebook as it stands on a day; `hash` covers its rules and the values they use."""

    services: tuple[Service, ...]
    requirements: Mapping[str, Requirement]
    hash: str
    # Codes that stand for all others under some rules; found once, and kept for the asking.
    sample_codes: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Rulebook:
    """Everything one program's answers rest on, through time."""

    program: Program
    parameters: Mapping[str, Parameter]
    sources: Mapping[str, Source]
    rules: Mapping[str, AskedRule]
    services: tuple[Service, ...]
    begins_on: date
    _editions: dict[int, Edition] = field(default_factory=dict, repr=False)

    @property
    def changes_on(self) -> tuple[date, ...]:
        """The days after the first on which a value or a rule changes, in order."""
        return self._changes

    def __post_init__(self) -> None:
        starts = {dated.starts_on for one in self.parameters.values() for dated in one.dated}
        ends = {one.until for one in self.rules.values() if one.until is not None}
        changes = tuple(sorted(day for day in starts | ends if day > self.begins_on))
        object.__setattr__(self, "_changes", changes)

    _changes: tuple[date, ...] = field(init=False, repr=False, default=())

    def on(self, day: date) -> Edition:
        """Return the rulebook as it stands on a day; raises BadFacts before its first."""
        if day < self.begins_on:
            raise BadFacts("on", f"must be {self.begins_on} or later")
        number = bisect_right(self._changes, day)
        if number not in self._editions:
            self._editions[number] = self._edition(day)
        return self._editions[number]

    def suspended_on(self, day: date) -> tuple[AskedRule, ...]:
        """Return the rules that are written but not in force on a day."""
        return tuple(one for one in self.rules.values() if not one.is_in_force(day))

    def _edition(self, day: date) -> Edition:
        requirements = {
            key: Requirement(key, one.rule, self._values(one, day), one.source)
            for key, one in self.rules.items()
            if one.is_in_force(day)
        }
        services = tuple(_without(service, requirements) for service in self.services)
        return Edition(services, requirements, _hash(self.program, services, requirements))

    def _values(self, one: AskedRule, day: date) -> Values:
        bound = {name: self.bind(one, name, day) for name in one.arguments}
        return Values(program=self.program, **bound)

    def bind(self, one: AskedRule, name: str, day: date) -> Any:
        """Return an argument's value on a day; raises BadRulebook when there is none."""
        given, unit = one.arguments[name], one.rule.unit_of(name)
        if unit == "flag":
            if not isinstance(given, bool):
                raise BadRulebook(f"{name} must be true or false")
            return given
        key = given.get("from") if isinstance(given, dict) else given
        parameter = self.parameters.get(key) if isinstance(key, str) else None
        if parameter is None:
            raise BadRulebook(f"{name}: there is no value called {key!r}")
        if parameter.unit != unit:
            raise BadRulebook(f"{name}: {key} is in {parameter.unit}, and {unit} is needed")
        dated = parameter.on(day)
        if dated is None:
            raise BadRulebook(f"{name}: a gap in dates: {key} has no value on {day}")
        return dated.value.pick(given) if isinstance(dated.value, ConditionList) else dated.value


def _without(service: Service, requirements: Mapping[str, Requirement]) -> Service:
    """Return a service without the rules that are not in force."""
    requires = tuple(key for key in service.requires if key in requirements)
    return Service(service.key, service.name, service.summary, service.payable, requires)


def _hash(
    program: Program, services: tuple[Service, ...], requirements: Mapping[str, Requirement]
) -> str:
    covered = {
        "code": _hash_of_code(),
        "program": [program.code, program.state, program.state_name],
        "services": {one.key: one.requires for one in services},
        "rules": {
            key: [one.rule.name, one.source, _arguments(one.values)]
            for key, one in requirements.items()
        },
    }
    text = json.dumps(covered, sort_keys=True, default=_as_json)
    return hashlib.sha256(text.encode()).hexdigest()


def _arguments(values: Values) -> dict[str, Any]:
    return {name: value for name, value in vars(values).items() if name != "program"}


def _as_json(value: object) -> Any:
    if isinstance(value, PickedConditions):
        return value.rows
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: getattr(value, one.name) for one in fields(value)}
    if isinstance(value, Decimal | date):
        return str(value)
    raise TypeError(f"a rulebook cannot hold {value!r}")


@cache
def _hash_of_code() -> str:
    digest = hashlib.sha256()
    for path in sorted(path for pattern in CODE for path in HERE.glob(pattern)):
        digest.update(
            path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0"
        )
    return digest.hexdigest()
