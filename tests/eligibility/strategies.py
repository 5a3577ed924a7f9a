"""Made-up facts for property tests, and every answer worth trying to each of them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

ON = date(2026, 11, 21)
AGES = (0, 3, 5, 6, 9, 12, 15, 18, 19, 20, 21, 34)
CODES = ("J45.40", "F84.0", "G40.909", "H90.3", "E84.0", "Q21.0", "E70.0", "D57.3", "E10.9")
TOTALS = ("0", "20000", "33000", "50000", "65999.99", "70000", "80000", "110000", "400000")
AMOUNTS = ("0", "700", "5000", "21000")
PERIODS = ("weekly", "biweekly", "semimonthly", "monthly", "quarterly", "annual")

# The order is the contract's; it decides between equally small sets of questions.
FINAL_ANSWERS: dict[str, tuple[Any, ...]] = {
    "date_of_birth": tuple(date(ON.year - age, 11, 21).isoformat() for age in AGES),
    "residence.state": ("NM", "MS", "TX"),
    "residence.intends_to_stay": (True, False),
    "residence.away_days": (0, 30, 31),
    "residence.told_coordinator": (True, False),
    "conditions": (
        [],
        *([{"icd10": code, "status": "confirmed"}] for code in CODES),
        [{"icd10": "G40.909", "status": "confirmed", "on_seizure_medication": True}],
    ),
    "has_primary_care_provider": (True, False),
    "household.size": (1, 2, 4, 9, 60),
    "household.children_with_special_needs": (0, 1, 2),
    "income": ([], *([{"amount": total, "period": "annual"}] for total in TOTALS)),
    "coverage.medicaid": (
        "enrolled",
        "denied",
        "emergency_only",
        "limited_benefit",
        "screened_out",
    ),
    "coverage.private_insurance": (True, False),
    "coverage.insurance_pool": ("accepted", "none"),
    "newborn.born_in_state": (True, False),
    "newborn.hearing": ("passed", "not_passed", "missed"),
    "newborn.hearing_risk_factors": (True, False),
    "newborn.bloodspot": ("in_range", "out_of_range", "missed"),
    "last_intake_completed_on": tuple(
        (ON - timedelta(days=days)).isoformat() for days in (0, 400, 900)
    ),
}
OPEN_ANSWERS: dict[str, tuple[Any, ...]] = {
    "coverage.medicaid": ("pending", "denied_incomplete", "not_applied"),
    "coverage.insurance_pool": ("applied",),
}
LEAF_ANSWERS: dict[str, tuple[Any, ...]] = {
    "icd10": CODES,
    "status": ("confirmed",),
    "on_seizure_medication": (True, False),
    "amount": (*AMOUNTS, *TOTALS),
    "period": PERIODS,
}
# No rule reads the family's own words, so they are never among the facts that could help.
LEAVES = {
    "conditions": ("icd10", "status", "on_seizure_medication"),
    "income": ("amount", "period"),
}


def told(facts: Json, path: str, value: Any) -> Json:
    """The facts with one of them told."""
    changed = copy.deepcopy(facts)
    *groups, leaf = path.split(".")
    holder: Any = changed
    for group in groups:
        holder = holder[int(group)] if isinstance(holder, list) else holder.setdefault(group, {})
    holder[int(leaf) if isinstance(holder, list) else leaf] = copy.deepcopy(value)
    return changed


def known(facts: Json, path: str) -> Any:
    """What is told under a path, or None."""
    found: Any = facts
    for part in path.split("."):
        found = found[int(part)] if isinstance(found, list) else (found or {}).get(part)
    return found


def not_final(facts: Json) -> list[str]:
    """The paths that are not known or not final yet, in the order of the contract."""
    found: list[str] = []
    for path in FINAL_ANSWERS:
        value = known(facts, path)
        if value is None or (not isinstance(value, list) and value in OPEN_ANSWERS.get(path, ())):
            found.append(path)
        elif path in LEAVES:
            found += _open_leaves(path, value)
    return found


def _open_leaves(path: str, items: list[Json]) -> Iterator[str]:
    for number, item in enumerate(items):
        for leaf in LEAVES[path]:
            value = item.get(leaf)
            if value is None or (leaf == "status" and value != "confirmed"):
                yield f"{path}.{number}.{leaf}"


def answers_to(path: str) -> tuple[Any, ...]:
    """Every final answer worth trying to one open path."""
    return FINAL_ANSWERS.get(path) or LEAF_ANSWERS[path.rpartition(".")[2]]


@st.composite
def conditions(draw: st.DrawFn) -> Json:
    code = draw(st.sampled_from((*CODES, None)))
    return {
        "icd10": code,
        "text": None if code else "in the family’s own words",
        "status": draw(st.sampled_from(("confirmed", "confirmed", "reported", "suspected", None))),
        "on_seizure_medication": draw(st.sampled_from((None, True, False))),
    }


@st.composite
def income_lines(draw: st.DrawFn) -> Json:
    return {
        "amount": draw(st.sampled_from((None, *AMOUNTS))),
        "period": draw(st.sampled_from((None, *PERIODS))),
    }


def _any_answer(path: str) -> st.SearchStrategy[Any]:
    if path == "conditions":
        return st.lists(conditions(), max_size=3)
    if path == "income":
        lines = st.lists(income_lines(), max_size=2)
        return lines | st.sampled_from(FINAL_ANSWERS["income"])
    return st.sampled_from((*FINAL_ANSWERS[path], *OPEN_ANSWERS.get(path, ())))


@st.composite
def children(draw: st.DrawFn, most_unknown: int = len(FINAL_ANSWERS)) -> Json:
    """A made-up child of either program, some of whose facts are not known."""
    program = draw(st.sampled_from(("nm-cms", "ms-cmp")))
    facts: Json = {"program": program, "on": ON.isoformat()}
    unknown = draw(st.sets(st.sampled_from(tuple(FINAL_ANSWERS)), max_size=most_unknown))
    for path in FINAL_ANSWERS:
        if path not in unknown:
            answer = _likely(program, path) | _any_answer(path)
            facts = told(facts, path, draw(answer))
    return facts


def _likely(program: str, path: str) -> st.SearchStrategy[Any]:
    """Answers that keep services open, so that most children are not refused at the door."""
    return {
        "residence.state": st.just(program[:2].upper()),
        "residence.intends_to_stay": st.just(True),
        "residence.away_days": st.just(0),
        "date_of_birth": st.sampled_from(FINAL_ANSWERS["date_of_birth"][:9]),
    }.get(path, st.nothing())
