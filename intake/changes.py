"""The kinds of change that a family tells a program of, and by which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from cms_portal import programs
from cms_portal.offices.working_days import working_days_after
from eligibility.sentences import words


@dataclass(frozen=True)
class ChangeKind:
    """One kind of change; its words, its working days and its source stand in the program's folder."""

    program: str
    facts: dict[str, Any]

    @property
    def key(self) -> str:
        return str(self.facts["key"])

    @property
    def name(self) -> str:
        return words(self.facts["name"])

    @property
    def when(self) -> str:
        return words(self.facts["when"])

    @property
    def working_days(self) -> int | None:
        days: int | None = self.facts["working_days"]
        return days

    @property
    def counts_from_receipt(self) -> bool:
        return bool(self.facts["counts_from"] == "receipt")

    @property
    def asks(self) -> list[str]:
        return list(self.facts.get("asks", []))

    @property
    def amount(self) -> str:
        """What the amount is called, where it is asked for under a name of its own."""
        return words(self.facts["amount"]) if "amount" in self.facts else ""

    @property
    def source(self) -> str:
        return str(self.facts["source"])

    def due_on(self, since: date) -> date | None:
        """Return by which working day it is to be told; None for a kind without a day."""
        if self.working_days is None:
            return None
        program = programs.get(self.program)
        return working_days_after(program=program, day=since, count=self.working_days)


def kinds_of(program: str) -> list[ChangeKind]:
    return [ChangeKind(program, facts) for facts in programs.get(program).changes_to_report]


def kind_of(program: str, key: str) -> ChangeKind | None:
    return next((kind for kind in kinds_of(program) if kind.key == key), None)
