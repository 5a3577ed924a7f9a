"""Program folders: YAML read into rulebooks, with a line for each thing that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

from . import rules as library_of_rules
from .faults import BadRulebook
from .library import RULES
from .parameters import (
    DatedValue,
    Parameter,
    place,
    read_dated,
    read_mapping,
    read_parameters,
    whole,
    words,
)
from .rulebooks import AskedRule, Program, Rulebook, Service, Source

PROGRAMS = Path(__file__).parent / "programs"
NATIONAL = "national"
# What a program says of itself with a source or an owner, and how it is read.
PROGRAM_SETTINGS: Mapping[str, Callable[[Any], Any]] = {
    "majority_age": whole,
    "health_consent_age": whole,
    "passes_on_to_medicaid": partial(words, key="value"),
}
# What it may say: without a line of the state's own, who fears for a child calls 911.
OPTIONAL_SETTINGS: Mapping[str, Callable[[Any], Any]] = {"child_protection_line": str}

__all__ = ["PROGRAMS", "library_of_rules", "load_rulebooks", "read_rulebooks", "rulebooks"]


@cache
def rulebooks() -> Mapping[str, Rulebook]:
    """Return the rulebooks the portal ships with, by program code, read once."""
    return load_rulebooks()


def load_rulebooks(programs: Path = PROGRAMS) -> dict[str, Rulebook]:
    """Return every rulebook by its program's code; raises BadRulebook saying what is wrong."""
    found, problems = read_rulebooks(programs)
    if problems:
        raise BadRulebook("; ".join(problems))
    return found


def read_rulebooks(programs: Path = PROGRAMS) -> tuple[dict[str, Rulebook], list[str]]:
    """Return the rulebooks without fault, and a line for each fault of the others."""
    found: dict[str, Rulebook] = {}
    problems: list[str] = []
    for path in sorted(programs.glob("*/program.yaml")):
        folder = _Folder(path.parent, programs / NATIONAL)
        rulebook = folder.rulebook()
        problems += [problem for problem in folder.problems if problem not in problems]
        if rulebook is None:
            continue
        if rulebook.program.code in found:
            problems.append(f"{place(path)}: two programs are called {rulebook.program.code}")
        found[rulebook.program.code] = rulebook
    if not found and not problems:
        problems.append(f"{programs.name}: there is no program in this folder")
    return found, problems


class _Folder:
    """One program's folder, with the national values it may use or replace."""

    def __init__(self, folder: Path, national: Path) -> None:
        self.folder = folder
        self.problems: list[str] = []
        self.parameters: dict[str, Parameter] = {}
        self.sources: dict[str, Source] = {}
        for home in (national, folder):
            for path in sorted(home.glob("parameters/*.yaml")):
                self.parameters |= read_parameters(path, self.problems)
            self.sources |= self._sources(home / "sources.yaml")
        self.national_clocks = national / "clocks.yaml"
        self.services_path = folder / "services.yaml"
        self.given = read_mapping(self.services_path, self.problems)

    def rulebook(self) -> Rulebook | None:
        program = self._program(self.folder / "program.yaml")
        self._check_clocks(self.folder / "program.yaml")
        rules = self._rules()
        services = self._services(rules)
        self._check_sources()
        begins_on = self._begins_on()
        if self.problems or program is None or begins_on is None:
            return None
        rulebook = Rulebook(program, self.parameters, self.sources, rules, services, begins_on)
        self._check_arguments(rulebook)
        return None if self.problems else rulebook

    def _fault(self, path: Path, problem: str) -> None:
        self._say_once(f"{place(path)}: {problem}")

    def _say_once(self, line: str) -> None:
        if line not in self.problems:
            self.problems.append(line)

    def _program(self, path: Path) -> Program | None:
        given = read_mapping(path, self.problems)
        settings: dict[str, DatedValue] = {}
        optional = {key: read for key, read in OPTIONAL_SETTINGS.items() if key in given}
        for key, read in {**PROGRAM_SETTINGS, **optional}.items():
            try:
                settings[key] = read_dated(given.get(key), read, starts_on=date.min)
            except BadRulebook as wrong:
                self._fault(path, f"{key}: {wrong}")
            else:
                self._check_source(place(path), key, settings[key].source)
        if set(PROGRAM_SETTINGS) - set(settings):
            return None
        try:
            return Program(
                code=_text(given, "code"),
                state=_text(given, "state"),
                state_name=words(given.get("state_name"), "state_name"),
                name=words(given.get("name"), "name"),
                pays_for_care=_flag(given, "pays_for_care"),
                passes_on_to_medicaid=settings["passes_on_to_medicaid"],
            )
        except BadRulebook as wrong:
            self._fault(path, str(wrong))
            return None

    def _check_clocks(self, own: Path) -> None:
        """Every clock is whole days or months with a source; a program replaces only known ones."""
        national = read_mapping(self.national_clocks, self.problems)
        replaced = read_mapping(own, []).get("clocks") or {}
        for path, given in ((self.national_clocks, national), (own, replaced)):
            for key, clock in given.items():
                try:
                    if key not in national:
                        raise BadRulebook("no clock is called so")
                    self._check_source(place(path), key, read_dated(clock, whole, date.min).source)
                except BadRulebook as wrong:
                    self._fault(path, f"{key}: {wrong}")

    def _sources(self, path: Path) -> dict[str, Source]:
        found: dict[str, Source] = {}
        for key, given in read_mapping(path, self.problems).items():
            try:
                name = words(given.get("name") if isinstance(given, dict) else None, "name")
                found[key] = Source(key, name, given.get("url"))
            except BadRulebook as wrong:
                self._fault(path, f"{key}: {wrong}")
        return found

    def _rules(self) -> dict[str, AskedRule]:
        found: dict[str, AskedRule] = {}
        given = self.given.get("rules")
        if not isinstance(given, dict):
            self._fault(self.services_path, "needs rules")
            return found
        for key, asked in given.items():
            try:
                found[key] = _asked_rule(key, asked)
                self._check_source(place(self.services_path), key, found[key].source)
            except BadRulebook as wrong:
                self._fault(self.services_path, f"{key}: {wrong}")
        return found

    def _services(self, rules: Mapping[str, AskedRule]) -> tuple[Service, ...]:
        given = self.given.get("services")
        if not isinstance(given, dict):
            self._fault(self.services_path, "needs services")
            return ()
        found: list[Service] = []
        for key, service in given.items():
            try:
                found.append(_service(key, service))
            except BadRulebook as wrong:
                self._fault(self.services_path, f"{key}: {wrong}")
                continue
            for needed in found[-1].requires:
                if needed not in (self.given.get("rules") or {}):
                    self._fault(self.services_path, f"{key}: requires {needed}, which is no rule")
        return tuple(found)

    def _check_sources(self) -> None:
        for key, parameter in self.parameters.items():
            for dated in parameter.dated:
                self._check_source(self.folder.name, key, dated.source)
                for row in getattr(dated.value, "rows", ()):
                    self._check_source(self.folder.name, f"{key}, {row.name['en']}", row.source)

    def _check_source(self, where: str, key: str, source: str) -> None:
        if source not in self.sources:
            self._say_once(f"{where}: {key}: there is no source called {source!r}")

    def _begins_on(self) -> date | None:
        """Return the first day of the first poverty guideline: before it nothing is asked."""
        starts = [
            parameter.dated[0].starts_on
            for parameter in self.parameters.values()
            if parameter.unit == "guideline"
        ]
        if not starts:
            self._say_once(f"{self.folder.name}: there is no poverty guideline")
            return None
        return max(starts)

    def _check_arguments(self, rulebook: Rulebook) -> None:
        for day in (rulebook.begins_on, *rulebook.changes_on):
            for key, one in rulebook.rules.items():
                for name in one.arguments:
                    try:
                        rulebook.bind(one, name, day)
                    except BadRulebook as wrong:
                        self._fault(self.services_path, f"{key}: {wrong}")


def _asked_rule(key: str, given: Any) -> AskedRule:
    if not isinstance(given, dict):
        raise BadRulebook("must be a mapping with rule and source")
    name = given.get("rule")
    if name not in RULES:
        raise BadRulebook(f"unknown rule {name!r}")
    rule = RULES[name]
    arguments = {k: v for k, v in given.items() if k not in ("rule", "source", "until", "note")}
    for argument in sorted(rule.needed - set(arguments)):
        raise BadRulebook(f"the rule {name} needs {argument}")
    for argument in sorted(set(arguments) - set(rule.takes)):
        raise BadRulebook(f"the rule {name} does not take {argument}")
    until = given.get("until")
    if until is not None and type(until) is not date:
        raise BadRulebook("until must be a date written YYYY-MM-DD")
    note = words(given["note"], "note") if "note" in given else None
    return AskedRule(key, rule, _text(given, "source"), arguments, until, note)


def _service(key: str, given: Any) -> Service:
    if not isinstance(given, dict):
        raise BadRulebook("must be a mapping with name, summary, payable and requires")
    requires = given.get("requires")
    if not isinstance(requires, list) or not requires:
        raise BadRulebook("requires no rule")
    return Service(
        key=key,
        name=words(given.get("name"), "name"),
        summary=words(given.get("summary"), "summary"),
        payable=_flag(given, "payable"),
        requires=tuple(str(one) for one in requires),
    )


def _text(given: Mapping[str, Any], key: str) -> str:
    value = given.get(key)
    if not isinstance(value, str) or not value:
        raise BadRulebook(f"{key} is needed, as text")
    return value


def _flag(given: Mapping[str, Any], key: str) -> bool:
    value = given.get(key)
    if not isinstance(value, bool):
        raise BadRulebook(f"{key} must be true or false")
    return value
