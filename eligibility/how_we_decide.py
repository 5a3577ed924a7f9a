"""A program's rules, figures, dates and sources as a page tells them; nothing here is written by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from eligibility.choices import IncomePeriod
from eligibility.condition_lists import ConditionList
from eligibility.parameters import AgeBand, Basis, DatedValue, Guideline, Parameter
from eligibility.rulebooks import AskedRule, Rulebook
from eligibility.rules.money import line_for
from eligibility.sentences import money, words

SIZES = range(1, 10)


@dataclass(frozen=True)
class SourceLine:
    """Where something comes from; without an address it is a paper, or our own assumption."""

    name: str
    url: str


@dataclass(frozen=True)
class Figure:
    """One figure as it stands on the day: its words, since when, and how sure it is."""

    what: str
    value: str
    since: date
    source: SourceLine
    is_assumed: bool
    note: str
    owner: str


@dataclass(frozen=True)
class RuleLine:
    """One question that a service asks, with the figures it compares to."""

    question: str
    source: SourceLine
    figures: list[Figure] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True)
class ServiceRules:
    """A service and its questions, in the order in which they are read."""

    key: str
    name: str
    summary: str
    rules: list[RuleLine]


@dataclass(frozen=True)
class ConditionGroup:
    """Conditions that the program treats alike."""

    name: str
    treatment: str
    conditions: list[tuple[str, str]]
    """Each as (name, ICD-10-CM codes)."""


class HowWeDecide:
    """The rulebook of a program on a day, in the reader's language."""

    def __init__(self, rulebook: Rulebook, day: date) -> None:
        self.rulebook, self.day = rulebook, day
        self.edition = rulebook.on(day)

    @property
    def fingerprint(self) -> str:
        """The mark that a determination made by these very rules carries."""
        return self.edition.hash[:12]

    def services(self) -> list[ServiceRules]:
        return [
            ServiceRules(
                service.key,
                words(service.name),
                words(service.summary),
                [self.rule(self.rulebook.rules[key]) for key in service.requires],
            )
            for service in self.edition.services
        ]

    def suspended(self) -> list[RuleLine]:
        """Return the rules that are written and decide nothing."""
        return [self.rule(one) for one in self.rulebook.suspended_on(self.day)]

    def assumed(self) -> list[Figure]:
        """Return the figures that no source gives, each with who answers for it."""
        figures = [self._passes_on_to_medicaid(), *self._all_figures()]
        return [figure for figure in figures if figure.is_assumed]

    def _passes_on_to_medicaid(self) -> Figure:
        dated = self.rulebook.program.passes_on_to_medicaid
        return self._dated(_("What we pass on to Medicaid"), words(dated.value), dated)

    def income_limits(self) -> list[dict[str, Any]]:
        """Return the yearly limit by size of household as rows of a table; none without an income rule."""
        percents = self._figures_of("percent")
        guidelines = self._figures_of("guideline")
        if not percents or not guidelines:
            return []
        percent, guideline = percents[0].value, guidelines[0].value
        return [
            {
                "cells": [
                    {"text": str(size)},
                    {"text": money(line_for(percent, guideline, size)), "numeric": True},
                ]
            }
            for size in SIZES
        ]

    def guideline(self) -> Figure | None:
        """Return the poverty guideline behind the income limits."""
        return next(
            (self._figure(p, d) for p, d in self._used() if p.unit == "guideline"),
            None,
        )

    def condition_groups(self) -> list[ConditionGroup]:
        marked = self._marked()
        return [
            ConditionGroup(words(name), treatment, _named(rows))
            for given in self._figures_of("conditions")
            for name, treatment, rows in _grouped(given.value, marked)
        ]

    def _marked(self) -> set[str]:
        """Return the marks of the rows that a rule takes as listed."""
        lists = (given for one in self.rulebook.rules.values() for given in one.arguments.values())
        return {mark for given in lists if isinstance(given, dict) for mark in given["marked"]}

    def rule(self, one: AskedRule) -> RuleLine:
        """Return one rule with the figures it compares to on the day."""
        return RuleLine(
            question=pgettext("decision", one.rule.asks),
            source=self.source(one.source),
            figures=[
                self._figure(parameter, dated)
                for parameter, dated in self._parameters_of(one)
                if parameter.unit != "conditions"
            ],
            note=words(one.note) if one.note else "",
        )

    def _parameters_of(self, one: AskedRule) -> Iterator[tuple[Parameter, DatedValue]]:
        for given in one.arguments.values():
            key = given.get("from") if isinstance(given, dict) else given
            parameter = self.rulebook.parameters.get(key) if isinstance(key, str) else None
            dated = parameter.on(self.day) if parameter else None
            if parameter is not None and dated is not None:
                yield parameter, dated

    def _used(self) -> list[tuple[Parameter, DatedValue]]:
        """Return each figure that any rule names, once, in the order of the rules."""
        found = {
            parameter.key: (parameter, dated)
            for one in self.rulebook.rules.values()
            for parameter, dated in self._parameters_of(one)
        }
        return list(found.values())

    def _all_figures(self) -> list[Figure]:
        return [self._figure(parameter, dated) for parameter, dated in self._used()]

    def _figures_of(self, unit: str) -> list[DatedValue]:
        return [dated for parameter, dated in self._used() if parameter.unit == unit]

    def _figure(self, parameter: Parameter, dated: DatedValue) -> Figure:
        return self._dated(
            words(parameter.what), _value_in_words(parameter.unit, dated.value), dated
        )

    def _dated(self, what: str, value: str, dated: DatedValue) -> Figure:
        return Figure(
            what=what,
            value=value,
            since=dated.starts_on,
            source=self.source(dated.source),
            is_assumed=dated.basis != Basis.SOURCE,
            note=words(dated.note) if dated.note else "",
            owner=words(dated.owner) if dated.owner else "",
        )

    def source(self, key: str) -> SourceLine:
        """Return a source by its key, as it is read."""
        source = self.rulebook.sources[key]
        return SourceLine(words(source.name), source.url or "")


def _grouped(
    given: ConditionList, marked: set[str]
) -> Iterator[tuple[Mapping[str, str], str, list[Any]]]:
    """Yield each group of a list, its listed conditions first: name, treatment and rows."""
    for group in dict.fromkeys(row.group for row in given.rows):
        rows = [row for row in given.rows if row.group == group]
        listed = [row for row in rows if row.covered in marked]
        others = [row for row in rows if row.covered not in marked]
        if listed:
            yield given.groups[group], _("On the list, once a doctor confirms it."), listed
        if listed and others:
            yield (
                given.groups[group],
                _("Others of this kind: a person looks at each child."),
                others,
            )
        elif others:
            yield given.groups[group], _("Not on the list: a person looks at each child."), others


def _named(rows: Iterable[Any]) -> list[tuple[str, str]]:
    """Return each condition once, with all its ranges."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(words(row.name), []).append(row.codes)
    return [(name, ", ".join(filter(None, codes))) for name, codes in found.items()]


def _value_in_words(unit: str, value: Any) -> str:
    return _("not published") if value is None else IN_WORDS[unit](value)


def _bands(bands: tuple[AgeBand, ...]) -> str:
    return ", ".join(
        _("under age %(age)s: %(percent)s%%") % {"age": band.under_age, "percent": band.percent}
        for band in bands
    )


def _guideline(value: Guideline) -> str:
    return _("%(first)s a year for one person, and %(more)s for each one more") % {
        "first": money(value.first_person),
        "more": money(value.each_additional),
    }


def _conditions(value: ConditionList) -> str:
    count = len(value.rows)
    return ngettext("%(count)s row", "%(count)s rows", count) % {"count": count}


def _times(value: Mapping[str, int]) -> str:
    return ", ".join(
        ngettext("%(period)s: %(times)s time a year", "%(period)s: %(times)s times a year", times)
        % {"period": IncomePeriod(period).label, "times": times}
        for period, times in value.items()
    )


IN_WORDS: Mapping[str, Callable[[Any], str]] = {
    "years": lambda value: _("%(age)s years") % {"age": value},
    "days": lambda value: ngettext("%(days)s day", "%(days)s days", value) % {"days": value},
    "percent": lambda value: f"{value}%",
    "dollars": money,
    "guideline": _guideline,
    "age_bands": _bands,
    "times_a_year": _times,
    "conditions": _conditions,
}
