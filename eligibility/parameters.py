"""Figures and lists with their dates, their basis and their source, read from YAML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from .condition_lists import ConditionList, read_condition_list
from .faults import BadRulebook

Words = Mapping[str, str]


class Basis(StrEnum):
    SOURCE = "source"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value in force from a day until, and not on, another; `until` None means still."""

    starts_on: date
    until: date | None
    value: Any
    basis: Basis
    source: str
    owner: Words | None
    note: Words | None

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One figure or list through time, oldest first."""

    key: str
    what: Words
    unit: str
    dated: tuple[DatedValue, ...]

    def on(self, day: date) -> DatedValue | None:
        """Return the value in force on the day, or None before the first."""
        return next((value for value in reversed(self.dated) if value.holds_on(day)), None)


@dataclass(frozen=True, slots=True)
class Guideline:
    """A year's poverty guideline, in whole dollars a year."""

    first_person: Decimal
    each_additional: Decimal

    def for_household(self, size: int) -> Decimal:
        return self.first_person + self.each_additional * (size - 1)


@dataclass(frozen=True, slots=True)
class AgeBand:
    """A share of the poverty guideline, in percent, for children under an age."""

    under_age: int
    percent: int


def read_parameters(path: Path, problems: list[str]) -> dict[str, Parameter]:
    """Return the parameters of one file; what is wrong is added to `problems`."""
    found: dict[str, Parameter] = {}
    for key, given in read_mapping(path, problems).items():
        try:
            found[key] = _parameter(key, given)
        except BadRulebook as wrong:
            problems.append(f"{place(path)}: {key}: {wrong}")
    return found


def read_mapping(path: Path, problems: list[str]) -> dict[str, Any]:
    """Return a YAML file's mapping, empty if it has none."""
    try:
        given = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (a safe one)
    except (OSError, UnicodeDecodeError) as wrong:
        problems.append(f"{place(path)}: cannot be read ({type(wrong).__name__})")
        return {}
    except yaml.YAMLError as wrong:
        problems.append(f"{place(path)}: not YAML: {' '.join(str(wrong).split())}")
        return {}
    if not isinstance(given, dict):
        problems.append(f"{place(path)}: must be a mapping")
        return {}
    return {str(key): value for key, value in given.items()}


def place(path: Path) -> str:
    """Return a file's place inside its program's folder, for a message."""
    parts = path.parts[-3:] if path.parent.name == "parameters" else path.parts[-2:]
    return "/".join(parts)


def words(given: object, key: str) -> Words:
    """Return a text in both languages; raises BadRulebook when one is missing."""
    if not isinstance(given, dict) or not all(isinstance(given.get(k), str) for k in ("en", "es")):
        raise BadRulebook(f"{key} needs its words in English and Spanish, as {{en: …, es: …}}")
    return {"en": given["en"], "es": given["es"]}


def read_dated(given: object, read: Callable[[Any], Any], starts_on: date | None = None) -> Any:
    """Return one DatedValue; raises BadRulebook for a value without a source or an owner."""
    if not isinstance(given, dict) or "value" not in given:
        raise BadRulebook("has no value")
    basis = given.get("basis")
    if basis not in tuple(Basis):
        raise BadRulebook("needs a basis: source, inferred or unknown")
    if not isinstance(given.get("source"), str):
        raise BadRulebook("a value without a source is not a value")
    if basis != Basis.SOURCE and given.get("owner") is None:
        raise BadRulebook(f"a value whose basis is {basis} needs an owner")
    if given["value"] is None and basis != Basis.UNKNOWN:
        raise BadRulebook("only a value whose basis is unknown may be empty")
    return DatedValue(
        starts_on=starts_on or _day(given.get("from"), "from"),
        until=None if given.get("until") is None else _day(given["until"], "until"),
        value=None if given["value"] is None else read(given["value"]),
        basis=Basis(basis),
        source=given["source"],
        owner=None if given.get("owner") is None else words(given["owner"], "owner"),
        note=None if given.get("note") is None else words(given["note"], "note"),
    )


def _parameter(key: str, given: object) -> Parameter:
    if not isinstance(given, dict):
        raise BadRulebook("must be a mapping with what, unit and periods")
    unit = given.get("unit")
    if not isinstance(unit, str) or unit not in UNITS:
        raise BadRulebook(f"unknown unit {unit!r}; known are {', '.join(UNITS)}")
    periods = given.get("periods")
    if not isinstance(periods, list) or not periods:
        raise BadRulebook("has no periods")
    dated = tuple(read_dated(period, UNITS[unit]) for period in periods)
    _refuse_gaps_and_overlaps(dated)
    return Parameter(key, words(given.get("what"), "what"), unit, dated)


def _refuse_gaps_and_overlaps(dated: tuple[DatedValue, ...]) -> None:
    for earlier, later in pairwise(dated):
        if earlier.until is None or earlier.until > later.starts_on:
            overlap = f"the periods from {earlier.starts_on} and from {later.starts_on} overlap"
            raise BadRulebook(overlap)
        if earlier.until < later.starts_on:
            last = later.starts_on - timedelta(days=1)
            raise BadRulebook(f"a gap in dates: no value from {earlier.until} to {last}")
    last_value = dated[-1]
    if last_value.until is not None:
        raise BadRulebook(f"a gap in dates: no value from {last_value.until} on")


def _day(given: object, key: str) -> date:
    if type(given) is not date:
        raise BadRulebook(f"{key} must be a date written YYYY-MM-DD")
    return given


def whole(given: object) -> int:
    """Return a whole number of 0 or more; raises BadRulebook."""
    if type(given) is not int or given < 0:
        raise BadRulebook(f"{given!r} is not a whole number")
    return given


def _dollars(given: object) -> Decimal:
    if type(given) is int and given >= 0:
        return Decimal(given)
    raise BadRulebook(f"{given!r} is not an amount in whole dollars")


def _guideline(given: object) -> Guideline:
    if not isinstance(given, dict):
        raise BadRulebook("a guideline needs first_person and each_additional")
    return Guideline(_dollars(given.get("first_person")), _dollars(given.get("each_additional")))


def _age_bands(given: object) -> tuple[AgeBand, ...]:
    if not isinstance(given, list) or not all(isinstance(band, dict) for band in given):
        raise BadRulebook("needs a list of under_age and percent")
    bands = [AgeBand(whole(band.get("under_age")), whole(band.get("percent"))) for band in given]
    return tuple(sorted(bands, key=lambda band: band.under_age))


def _times_a_year(given: object) -> dict[str, int]:
    if not isinstance(given, dict):
        raise BadRulebook("needs a number of times a year for each period")
    return {str(period): whole(times) for period, times in given.items()}


def _condition_list(given: object) -> ConditionList:
    return read_condition_list(given, words)


UNITS: Mapping[str, Callable[[Any], Any]] = {
    "years": whole,
    "days": whole,
    "percent": whole,
    "dollars": _dollars,
    "guideline": _guideline,
    "age_bands": _age_bands,
    "times_a_year": _times_a_year,
    "conditions": _condition_list,
}


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe YAML that refuses a key written twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _value in node.value]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {twice!r} is written twice", node.start_mark
            )
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        return found
