"""What to ask next: the fewest facts whose best answers would open a service.

A service is open when none of its rules says no or unknown. The facts that are not final yet
become variables, each with the few answers that its rules call helpful. Rules that share no
variable are settled apart, so the search stays small.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

from .facts import Condition, Facts, InsurancePool, Medicaid
from .library import Finding, Outcome
from .open_lists import Rank, condition_options, income_options
from .rulebooks import Edition, Requirement, Service

# The order of the facts in the contract; ties between equally small sets go to it.
ORDER = (
    "date_of_birth",
    "residence.state",
    "residence.intends_to_stay",
    "residence.away_days",
    "residence.told_coordinator",
    "conditions",
    "has_primary_care_provider",
    "household.size",
    "household.children_with_special_needs",
    "income",
    "coverage.medicaid",
    "coverage.private_insurance",
    "coverage.insurance_pool",
    "newborn.born_in_state",
    "newborn.hearing",
    "newborn.hearing_risk_factors",
    "newborn.bloodspot",
    "last_intake_completed_on",
)
PLACE = {name: place for place, name in enumerate(ORDER)}
WHOLE = tuple(name for name in ORDER if "." not in name)
LEAVES = tuple((name, *name.split(".")) for name in ORDER if "." in name)
NOT_FINAL = frozenset(
    (
        None,
        Medicaid.PENDING,
        Medicaid.DENIED_INCOMPLETE,
        Medicaid.NOT_APPLIED,
        InsurancePool.APPLIED,
    )
)
BLOCKING = (Outcome.UNKNOWN, Outcome.NOT_MET)

Asked: TypeAlias = tuple[tuple[Rank, str], ...]
Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Option:
    """One way to answer: the paths it asks, in order, and what the fact would then be."""

    asked: Asked
    value: Any


@dataclass(frozen=True, slots=True)
class Variable:
    """A fact that is not final, with the answers worth trying; the first is to ask nothing."""

    name: str
    options: tuple[Option, ...]


class Asking:
    """Works out what to ask next for the services of one child."""

    def __init__(self, edition: Edition, facts: Facts, findings: Mapping[str, Finding]) -> None:
        self.edition = edition
        self.facts = facts
        self.findings = findings
        self.open = open_facts(facts)

    def next_for(self, service: Service) -> tuple[str, ...]:
        """Return the paths to ask, in the order of the contract; empty if nothing would help."""
        asked: list[tuple[Rank, str]] = []
        for group in self._groups(service):
            found = settle(self.edition, group, self._only_what_is_read(group))
            if found is None:
                return ()
            asked += found
        return tuple(path for _rank, path in sorted(asked))

    def _groups(self, service: Service) -> list[tuple[str, ...]]:
        """Return the requirements that stand in the way, each with those it shares a fact with."""
        left = list(service.requires)
        groups: list[tuple[str, ...]] = []
        for key in service.requires:
            if key not in left or self.findings[key].outcome not in BLOCKING:
                continue
            group, reads = [key], self._open_reads(key)
            left.remove(key)
            while near := [other for other in left if reads & self._open_reads(other)]:
                group += near
                left = [other for other in left if other not in near]
                reads = reads.union(*(self._open_reads(other) for other in near))
            groups.append(tuple(sorted(group)))
        return groups

    def _open_reads(self, key: str) -> frozenset[str]:
        return self.open.intersection(self.edition.requirements[key].rule.reads)

    def _only_what_is_read(self, group: tuple[str, ...]) -> Facts:
        """Return the facts without those that the group never reads, so that answers are shared."""
        reads = {
            name.partition(".")[0]
            for key in group
            for name in self.edition.requirements[key].rule.reads
        }
        kept = {name: getattr(self.facts, name) for name in reads}
        return Facts(self.facts.program, self.facts.on, **kept)


@lru_cache(maxsize=4096)
def settle(edition: Edition, group: tuple[str, ...], facts: Facts) -> Asked | None:
    """Return the smallest set of questions that opens every requirement of a group, if any does."""
    requirements = [edition.requirements[key] for key in group]
    wishes = [one.rule.favours(facts, one.values, facts.on) for one in requirements]
    names = {name for wish in wishes for name in wish} & open_facts(facts)
    variables = [
        Variable(
            name, _options(name, facts, edition, group, [w[name] for w in wishes if name in w])
        )
        for name in sorted(names, key=PLACE.__getitem__)
    ]
    return _Search(facts, requirements, variables).smallest()


def _options(
    name: str, facts: Facts, edition: Edition, group: tuple[str, ...], wanted: Sequence[Any]
) -> tuple[Option, ...]:
    unasked = Option((), None)
    place = PLACE[name]
    if name == "conditions":
        lists = condition_options(facts.conditions, place, wanted, edition.sample_codes, group)
        return (unasked, *(Option(asked, value) for asked, value in lists))
    if name == "income":
        lines = income_options(facts.income, place, wanted)
        return (unasked, *(Option(asked, value) for asked, value in lines))
    asked = (((place,), name),)
    values = dict.fromkeys(value for values in wanted for value in values)
    return (unasked, *(Option(asked, value) for value in values))


class _Search:
    """Tries the answers one variable at a time, and remembers what each rule said to them."""

    def __init__(
        self, facts: Facts, requirements: Sequence[Requirement], variables: Sequence[Variable]
    ) -> None:
        self.facts = facts
        self.variables = variables
        places = {variable.name: place for place, variable in enumerate(variables)}
        self.reads = [
            tuple(sorted(places[name] for name in one.rule.reads if name in places))
            for one in requirements
        ]
        self.requirements = requirements
        # A requirement can be tried as soon as its last variable has an answer.
        self.ready: list[list[int]] = [[] for _place in range(len(variables) + 1)]
        for number, reads in enumerate(self.reads):
            self.ready[reads[-1] + 1 if reads else 0].append(number)
        self.tried: dict[tuple[int, ...], bool] = {}
        self.best: Asked | None = None

    def smallest(self) -> Asked | None:
        self._try([], ())
        return self.best

    def _try(self, chosen: list[int], asked: Asked) -> None:
        if self.best is not None and len(asked) > len(self.best):
            return
        if not all(self._opens(number, chosen) for number in self.ready[len(chosen)]):
            return
        if len(chosen) == len(self.variables):
            self._keep(asked)
            return
        for number, option in enumerate(self.variables[len(chosen)].options):
            self._try([*chosen, number], asked + option.asked)

    def _keep(self, asked: Asked) -> None:
        asked = tuple(sorted(asked))
        best = self.best
        if best is None or (len(asked), asked) < (len(best), best):
            self.best = asked

    def _opens(self, number: int, chosen: Sequence[int]) -> bool:
        reads = self.reads[number]
        key = (number, *(chosen[place] for place in reads))
        found = self.tried.get(key)
        if found is None:
            answered = {
                self.variables[place].name: self.variables[place].options[chosen[place]].value
                for place in reads
                if chosen[place]
            }
            found = self._outcome(number, answered) not in BLOCKING
            self.tried[key] = found
        return found

    def _outcome(self, number: int, answered: Mapping[str, Any]) -> Outcome:
        requirement, facts = self.requirements[number], with_answers(self.facts, answered)
        return requirement.rule.check(facts, requirement.values, facts.on).outcome


def with_answers(facts: Facts, answered: Mapping[str, Any]) -> Facts:
    """Return the facts with some of them answered, by their names in the contract."""
    if not answered:
        return facts
    changes: dict[str, Any] = {}
    for name, value in answered.items():
        group, _, leaf = name.partition(".")
        if leaf:
            changes[group] = _changed(changes.get(group) or getattr(facts, group), {leaf: value})
        else:
            changes[group] = value
    return _changed(facts, changes)


def _changed(told: Told, changes: Mapping[str, Any]) -> Told:
    """Do what `dataclasses.replace` does, in half the time."""
    kept: tuple[str, ...] = type(told).__slots__  # type: ignore[attr-defined]
    return type(told)(*(changes[k] if k in changes else getattr(told, k) for k in kept))


def open_facts(facts: Facts) -> frozenset[str]:
    """Return the names of the facts that are not known, or not final yet."""
    found = {
        name for name, group, leaf in LEAVES if getattr(getattr(facts, group), leaf) in NOT_FINAL
    }
    found.update(name for name in WHOLE if getattr(facts, name) is None)
    if any(_is_open(one) for one in facts.conditions or ()):
        found.add("conditions")
    if not all(line.is_known for line in facts.income or ()):
        found.add("income")
    return frozenset(found)


def _is_open(condition: Condition) -> bool:
    return not condition.is_confirmed or condition.on_seizure_medication is None
