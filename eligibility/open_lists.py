"""Ways to answer the two facts that are lists: the conditions, and the lines of income."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from itertools import combinations, product
from typing import Any, TypeAlias

from .facts import Condition, IncomeLine, Period, Status
from .favourable import Standing, WantedCondition, WantedIncome

Rank: TypeAlias = tuple[int, ...]
Asked: TypeAlias = tuple[tuple[Rank, str], ...]
Conditions: TypeAlias = tuple[Condition, ...]
Income: TypeAlias = tuple[IncomeLine, ...]
Answers: TypeAlias = dict[tuple[int, str], Any]
Samples: TypeAlias = dict[tuple[str, ...], tuple[str, ...]]

LEAVES = ("icd10", "text", "status", "on_seizure_medication")
CENT = Decimal("0.01")
# Lines without a period that are tried in every combination; beyond, only all least and all most.
FEW_LINES = 3


def condition_options(
    conditions: Conditions | None,
    place: int,
    wanted: Sequence[WantedCondition],
    samples: Samples,
    group: tuple[str, ...],
) -> Iterator[tuple[Asked, Conditions]]:
    """Yield what could be asked about the conditions, each with the list that might result."""
    if group not in samples:
        samples[group] = _sample_codes(wanted)
    codes = samples[group]
    if conditions is None:
        yield (((place,), "conditions"),), tuple(_best(one, codes) for one in wanted)
        return
    per_rule = [_ways(conditions, one, codes) for one in wanted]
    if len(per_rule) == 1:
        # One rule alone needs no more than its fewest questions, so long lists stay cheap.
        per_rule = [[min(ways, key=_fewest)] for ways in per_rule if ways]
    for ways in product(*([{}, *ways] for ways in per_rule)):
        answers = _together(ways)
        if answers:
            yield _asked(answers, "conditions", place, LEAVES), _answered(conditions, answers)


def _fewest(answers: Answers) -> tuple[int, list[tuple[int, int]]]:
    return len(answers), sorted((number, LEAVES.index(leaf)) for number, leaf in answers)


def _sample_codes(wanted: Sequence[WantedCondition]) -> tuple[str, ...]:
    """Return one code for each way in which the rules together can look at a code."""
    found: dict[tuple[Standing, ...], str] = {}
    for code in (code for one in wanted for code in one.codes):
        found.setdefault(tuple(s for one in wanted for s in _standings(code, one)), code)
    return tuple(found.values())


def _standings(code: str, wanted: WantedCondition) -> Iterator[Standing]:
    for status, medication in product((Status.CONFIRMED, None), (True, False, None)):
        yield wanted.standing(Condition(code, None, status, medication))


def _best(wanted: WantedCondition, codes: Iterable[str]) -> Condition:
    tries = [Condition(code, None, Status.CONFIRMED, True) for code in codes]
    return max(tries, key=wanted.standing)


def _ways(conditions: Conditions, wanted: WantedCondition, codes: Sequence[str]) -> list[Answers]:
    """Return the smallest sets of answers by which the list could satisfy one rule."""
    standings = [wanted.standing(one) for one in conditions]
    reached = [_reached(one, wanted, codes) for one in conditions]
    enough = [Standing.MET]
    pending = [number for number, found in enumerate(standings) if found is Standing.PENDING]
    if not pending:
        enough.append(Standing.REVIEW)
    ways = [
        _numbered(number, way)
        for number, found in enumerate(reached)
        for standing in enough
        for way in found.get(standing, ())
    ]
    # A look by a person is reached only when no listed condition waits for a doctor any more.
    moves = [next(iter(reached[number].get(Standing.REVIEW, ())), None) for number in pending]
    if pending and None not in moves:
        numbered = zip(pending, moves, strict=True)
        ways.append({k: v for number, way in numbered for k, v in _numbered(number, way).items()})
    return ways


def _reached(
    condition: Condition, wanted: WantedCondition, codes: Sequence[str]
) -> dict[Standing, list[dict[str, Any]]]:
    """Return the smallest sets of answers about one condition for each standing it can reach."""
    choices: dict[str, Sequence[Any]] = {}
    if condition.icd10 is None:
        choices["icd10"] = codes
    if condition.status is not Status.CONFIRMED:
        choices["status"] = (Status.CONFIRMED,)
    if condition.on_seizure_medication is None:
        choices["on_seizure_medication"] = (True, False)
    found: dict[Standing, list[dict[str, Any]]] = {}
    for count in range(1, len(choices) + 1):
        for leaves in combinations(choices, count):
            for values in product(*(choices[leaf] for leaf in leaves)):
                answers = dict(zip(leaves, values, strict=True))
                known = found.setdefault(wanted.standing(replace(condition, **answers)), [])
                if not any(smaller.items() <= answers.items() for smaller in known):
                    known.append(answers)
    return found


def _numbered(number: int, way: Mapping[str, Any] | None) -> Answers:
    return {(number, leaf): value for leaf, value in (way or {}).items()}


def _together(ways: Iterable[Answers]) -> Answers | None:
    """Return several rules' answers as one set, or None when they contradict each other."""
    found: Answers = {}
    for way in ways:
        if any(found.get(where, value) != value for where, value in way.items()):
            return None
        found |= way
    return found


def _answered(conditions: Conditions, answers: Answers) -> Conditions:
    changed = list(conditions)
    for (number, leaf), value in answers.items():
        changed[number] = replace(changed[number], **{leaf: value})
    return tuple(changed)


def _asked(answers: Answers, name: str, place: int, leaves: Sequence[str]) -> Asked:
    return tuple(
        ((place, number, leaves.index(leaf)), f"{name}.{number}.{leaf}") for number, leaf in answers
    )


def income_options(
    income: Income | None, place: int, wanted: Sequence[WantedIncome]
) -> Iterator[tuple[Asked, Income]]:
    """Yield the one question about income, with the lines that might result."""
    totals = sorted({total for one in wanted for total in one.totals})
    times = wanted[0].times_a_year
    if income is None:
        asked: Asked = (((place,), "income"),)
        for total in totals:
            yield asked, (IncomeLine(total, Period.ANNUAL),)
        return
    leaves = IncomeLine.__slots__
    missing: Answers = {
        (number, leaf): None
        for number, line in enumerate(income)
        for leaf in leaves
        if getattr(line, leaf) is None
    }
    asked = _asked(missing, "income", place, leaves)
    for lines in _filled(income, totals, times):
        yield asked, lines


def _filled(
    income: Income, totals: Sequence[Decimal], times: Mapping[str, int]
) -> Iterator[Income]:
    """Yield the lines with their gaps filled so that they come to about each of the totals."""
    free = next((number for number, line in enumerate(income) if line.amount is None), None)
    if free is None:
        yield from _with_periods(income, times)
        return
    fewest = min(Period, key=lambda period: times[period])
    lines = [IncomeLine(one.amount or Decimal(0), one.period or fewest) for one in income]
    least = sum((times[one.period] * one.amount for one in lines if one.amount and one.period), 0)
    period = lines[free].period or fewest
    for total in totals:
        missing = max(total - least, Decimal(0)) / times[period]
        amount = missing.quantize(CENT, rounding=ROUND_CEILING)
        yield (*lines[:free], IncomeLine(amount, period), *lines[free + 1 :])


def _with_periods(income: Income, times: Mapping[str, int]) -> Iterator[Income]:
    by_times = sorted(Period, key=lambda period: times[period])
    gaps = sum(line.period is None for line in income)
    few = product(by_times, repeat=gaps)
    extremes = ((by_times[0],) * gaps, (by_times[-1],) * gaps)
    for periods in few if gaps <= FEW_LINES else extremes:
        chosen = iter(periods)
        yield tuple(IncomeLine(one.amount, one.period or next(chosen)) for one in income)
