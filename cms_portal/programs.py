"""The programs this install serves: one folder of YAML each, under `settings.PROGRAMS_DIR`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from django.conf import settings
from django.db import models
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language


class UnknownProgram(LookupError, ValueError):
    """No folder of YAML has this code."""


@dataclass(frozen=True)
class Program:
    """One state's program, as its own `program.yaml` describes it."""

    code: str
    facts: dict[str, Any]

    def _words(self, key: str) -> str:
        words: dict[str, str] = self.facts[key]
        return words.get(get_language() or "en", words["en"])

    @property
    def name(self) -> str:
        return self._words("name")

    @property
    def short_name(self) -> str:
        return self._words("short_name")

    @property
    def state_name(self) -> str:
        return self._words("state_name")

    @property
    def agency(self) -> str:
        return self._words("agency")

    @property
    def application_noun(self) -> str:
        """What this program calls the thing a family sends, in the active language."""
        return self._words("application_noun")

    @property
    def passes_on_to_medicaid(self) -> str:
        """What this program passes on to Medicaid, in one line, in the active language."""
        line: dict[str, str] = self.facts["passes_on_to_medicaid"]["value"]
        return line.get(get_language() or "en", line["en"])

    @property
    def review_kind(self) -> str:
        """How a refusal is looked at again: `record_review` of the papers, or `grievance`."""
        return str(self.facts["review_kind"])

    @property
    def state(self) -> str:
        return str(self.facts["state"])

    @property
    def toll_free(self) -> str:
        return str(self.facts["toll_free"])

    @property
    def local_phone(self) -> str | None:
        return self.facts["local_phone"]

    @property
    def child_protection_line(self) -> str:
        """The state's line for somebody who fears for a child, or nothing if we know none."""
        return str(self.facts.get("child_protection_line", {}).get("value", ""))

    @property
    def theme(self) -> str:
        return str(self.facts["theme"])

    @property
    def pays_for_care(self) -> bool:
        return bool(self.facts["pays_for_care"])

    @property
    def journey(self) -> list[str]:
        """The keys of the pages a family of this program answers, in order."""
        return [page for pages in self.sections.values() for page in pages]

    @property
    def sections(self) -> dict[str, list[str]]:
        """The sections of the journey, in order, each with the keys of its pages."""
        return {
            section: [next(iter(page)) if isinstance(page, dict) else page for page in pages]
            for section, pages in self.facts.get("journey", {}).items()
        }

    def questions_left_out(self, key: str) -> list[str]:
        """The questions of a page that this program does not ask."""
        pages = (page for pages in self.facts.get("journey", {}).values() for page in pages)
        found = (page[key] for page in pages if isinstance(page, dict) and key in page)
        return next((list(one["without"]) for one in found), [])

    @property
    def duties(self) -> dict[str, int]:
        """The figures a family takes on when it signs; empty where it is only asked to keep us posted."""
        return dict(self.facts.get("duties", {}).get("value", {}))

    @property
    def consequences(self) -> dict[str, Any]:
        """The questions about what a condition brings with it, and whose wording they are."""
        told: dict[str, Any] = self.facts.get("consequences", {})
        return told

    def in_words(self, told: dict[str, str]) -> str:
        """Return a text of this program's own in the active language."""
        return told.get(get_language() or "en", told["en"])

    @property
    def timezone(self) -> ZoneInfo:
        return ZoneInfo(self.facts["timezone"])

    @property
    def health_consent_age(self) -> int:
        """The age from which a youth, and no longer a parent, is in charge of the record."""
        return int(self.facts["health_consent_age"]["value"])

    @property
    def changes_to_report(self) -> list[dict[str, Any]]:
        """The kinds of change a family tells this program of, in order, as its folder says them."""
        return list(self.facts["changes_to_report"])

    def clock(self, name: str) -> int:
        """Return how long something may take, by its name in `national/clocks.yaml`; KeyError if unknown."""
        return int(self.facts["clocks"][name]["value"])

    @property
    def decision_days(self) -> int:
        return self.clock("decision_days")

    def today(self) -> date:
        """Return the date on the wall of this program's offices."""
        return timezone.localdate(timezone=self.timezone)

    def __str__(self) -> str:
        return self.short_name


@cache
def _read(folder: Path) -> dict[str, Program]:
    found = {}
    clocks = _yaml(folder / "national" / "clocks.yaml")
    for path in sorted(folder.glob("*/program.yaml")):
        facts = _yaml(path)
        facts["clocks"] = clocks | facts.get("clocks", {})
        found[facts["code"]] = Program(facts["code"], facts)
    return found


def _yaml(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


def all_programs() -> list[Program]:
    """Return every program, by code."""
    return list(_read(settings.PROGRAMS_DIR).values())


def day_everywhere() -> date:
    """Return the day that has begun in every program: for an account, which belongs to none."""
    return min(program.today() for program in all_programs())


def get(code: str) -> Program:
    """Return one program; raise UnknownProgram for a code without a folder."""
    try:
        return _read(settings.PROGRAMS_DIR)[code]
    except KeyError:
        raise UnknownProgram(code) from None


def get_or_404(code: str) -> Program:
    """Return one program for a page; a code without a folder is a page that does not exist."""
    try:
        return get(code)
    except UnknownProgram:
        raise Http404 from None


def choices() -> list[tuple[str, str]]:
    """Return (code, short name) pairs for model fields; called late, so that migrations hold no codes."""
    return [(program.code, program.short_name) for program in all_programs()]


def field(**options: Any) -> models.CharField:
    """Return the column by which a row about a family belongs to one program."""
    return models.CharField(max_length=16, choices=choices, **options)


class ProgramConverter:
    """Lets the code of a known program into an address; with any other the page does not exist."""

    regex = "[a-z0-9-]+"

    def to_python(self, code: str) -> str:
        return get(code).code

    def to_url(self, program: Program | str) -> str:
        return program.code if isinstance(program, Program) else program
