"""Lists of conditions by ICD-10-CM range, and parts of them picked for one rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from .faults import BadRulebook

Words = Mapping[str, str]
CODE = re.compile(r"[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?")


def dotted(code: str) -> str:
    """Return a code without its dot as a doctor writes it: J4540 is J45.40."""
    category, rest = code[:3], code[3:]
    return f"{category}.{rest}" if rest else category


@dataclass(frozen=True, slots=True)
class ListedCondition:
    """A row of a program's list; `low` and `high` are codes without dots, None for no range."""

    name: Words
    group: str
    covered: str
    source: str
    confidence: str
    low: str | None = None
    high: str | None = None
    needs_seizure_medication: bool = False

    def takes_in(self, code: str) -> bool:
        """Compare as text, with the upper bound as a prefix: C00–C96 takes in C96.Z."""
        if self.low is None or self.high is None:
            return False
        plain = code.replace(".", "")
        return self.low <= plain <= self.high or plain.startswith(self.high)

    @property
    def first_code(self) -> str | None:
        """The first code of the range, as a doctor writes it."""
        return None if self.low is None else dotted(self.low)

    @property
    def codes(self) -> str:
        """The range as a doctor writes it, or nothing."""
        if self.low is None or self.high is None:
            return ""
        low, high = dotted(self.low), dotted(self.high)
        return low if low == high else f"{low}–{high}"


@dataclass(frozen=True)
class ConditionList:
    """Every row a program published, grouped as it grouped them."""

    groups: Mapping[str, Words]
    rows: tuple[ListedCondition, ...]

    def pick(self, wanted: Mapping[str, Any]) -> PickedConditions:
        """Return the rows one rule counts as listed; raises BadRulebook for an unknown group."""
        marked = tuple(wanted.get("marked", ()))
        groups = self._groups(wanted)
        rows = [row for row in self.rows if row.covered in marked and row.group in groups]
        within = wanted.get("within")
        if within is not None:
            span = _range(within)
            rows = [row for row in rows if row.low and span[0] <= row.low <= span[1]]
        if not any(row.low for row in rows):
            raise BadRulebook("picks no condition of the list")
        return PickedConditions(tuple(rows))

    def _groups(self, wanted: Mapping[str, Any]) -> set[str]:
        only, left_out = wanted.get("only_groups"), wanted.get("except_groups", ())
        for group in (*(only or ()), *left_out):
            if group not in self.groups:
                raise BadRulebook(f"there is no group {group!r} in the list")
        return set(self.groups if only is None else only) - set(left_out)


@dataclass(frozen=True, eq=False)
class PickedConditions:
    """The rows that count as listed for one rule."""

    rows: tuple[ListedCondition, ...]

    @lru_cache(maxsize=4096)  # noqa: B019 (a rulebook's lists live as long as the process)
    def find(self, code: str) -> ListedCondition | None:
        """Return the row that lists a code, the most exact one, without a medicine rule first."""
        listed = [row for row in self.rows if row.takes_in(code)]
        return min(listed, key=_exactness, default=None)

    @cached_property
    def first_codes(self) -> tuple[str, ...]:
        return tuple(row.first_code for row in self.rows if row.first_code is not None)


def _exactness(row: ListedCondition) -> tuple[bool, int, str]:
    return row.needs_seizure_medication, -len(row.low or ""), row.high or ""


def read_condition_list(given: object, words: Callable[[object, str], Words]) -> ConditionList:
    """Return a list from YAML; raises BadRulebook naming the row at fault."""
    if not isinstance(given, list):
        raise BadRulebook("a list of conditions is a list of groups")
    groups: dict[str, Words] = {}
    rows: list[ListedCondition] = []
    for group in given:
        if not isinstance(group, dict) or not isinstance(group.get("group"), str):
            raise BadRulebook("each group of conditions needs its key, as group: …")
        groups[group["group"]] = words(group.get("name"), group["group"])
        rows += [_row(group, row, words) for row in group.get("conditions", ())]
    return ConditionList(groups, tuple(rows))


def _row(group: Any, given: Any, words: Callable[[object, str], Words]) -> ListedCondition:
    if not isinstance(given, dict):
        raise BadRulebook(f"{group['group']}: a condition must be a mapping")
    name = words(given, group["group"])
    both = {**group, **given}
    for needed in ("covered", "source", "mapping"):
        if not isinstance(both.get(needed), str):
            raise BadRulebook(f"{group['group']}: {name['en']} has no {needed}")
    low, high = _range(given["codes"]) if given.get("codes") else (None, None)
    return ListedCondition(
        name=name,
        group=group["group"],
        covered=both["covered"],
        source=both["source"],
        confidence=both["mapping"],
        low=low,
        high=high,
        needs_seizure_medication=given.get("needs_seizure_medication") is True,
    )


def _range(given: object) -> tuple[str, str]:
    low, _, high = str(given).partition("-")
    for code in (low, high or low):
        if not CODE.fullmatch(code):
            raise BadRulebook(f"{given!r} is not a range of ICD-10-CM codes such as C00-C96")
    low, high = low.replace(".", ""), (high or low).replace(".", "")
    if low > high:
        raise BadRulebook(f"{given!r} ends before it begins")
    return low, high
