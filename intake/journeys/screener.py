"""The pages on what a condition brings with it: each round asks only what the one before opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.accounts.models import User
from cms_portal.journeys.steps import Step
from intake import consequences
from intake.actions import answers
from intake.forms.child import QuestionsForm
from intake.journeys.kinds import IsNoted, names_of
from intake.models import Application, Assessment

NAMES = {
    "medicine": _("medicine"),
    "care": _("more care than others"),
    "limits": _("held back in daily life"),
    "therapy": _("therapy"),
    "feelings": _("feelings, behavior or growth"),
}


class Round(IsNoted, Step):
    """One round of questions, in the program's words; an answer is kept as yes, no or unsure."""

    form_class = QuestionsForm
    column_of: Callable[[str], str]

    @property
    def columns(self) -> list[str]:
        """Return the columns of this round, and which wording was read."""
        held = [type(self).column_of(kind) for kind in consequences.KINDS]
        return [name for name in held if hasattr(Assessment, name)] + ["consequences_version"]

    def asked(self, subject: Application) -> dict[str, str]:
        """Return column → question."""
        raise AssertionError(f"{type(self).__name__} says what it asks")

    def applies(self, subject: Application) -> bool:
        return bool(self.asked(subject))

    def is_done(self, subject: Application) -> bool:
        """Every question has an answer: a yes in an earlier round can open another one."""
        return super().is_done(subject) and all(self.initial(subject).values())

    def initial(self, subject: Application) -> dict[str, Any]:
        return {name: getattr(subject.assessment, name) for name in self.asked(subject)}

    def form_arguments(self, subject: Application) -> dict[str, Any]:
        return {"questions": self.asked(subject)}

    def save(self, subject: Application, given: dict[str, Any], *, by: User) -> None:
        columns = {name: str(value) for name, value in given.items()}
        version = programs.get(subject.program).consequences["version"]
        answers.record(
            application=subject,
            step=self.key,
            columns=columns | {"consequences_version": version},
            by=by,
            at=timezone.now(),
        )


class Consequences(Round):
    key, title = "consequences", _("Daily life")
    column_of = staticmethod(consequences.has)

    def asked(self, subject: Application) -> dict[str, str]:
        return _questions(subject, consequences.KINDS, consequences.has, "asks")


class Because(Round):
    key, title = "consequences-because", _("Why it is so")
    column_of = staticmethod(consequences.because)

    def asked(self, subject: Application) -> dict[str, str]:
        kinds = consequences.asks_because(vars(subject.assessment))
        return _questions(subject, kinds, consequences.because, "because")


class Lasting(Round):
    key, title = "consequences-lasting", _("How long it lasts")
    column_of = staticmethod(consequences.lasts)

    def asked(self, subject: Application) -> dict[str, str]:
        kinds = consequences.asks_lasts(vars(subject.assessment))
        return _questions(subject, kinds, consequences.lasts, "lasts")


def _questions(subject: Application, kinds: Any, column: Any, word: str) -> dict[str, str]:
    program = programs.get(subject.program)
    wording = program.consequences["questions"]
    child = names_of(subject)["called"]
    return {
        column(kind): program.in_words(wording[kind][word]).replace("{child}", child)
        for kind in kinds
    }


def found_in_words(subject: Application) -> str:
    """Return for a worker what the answers show; empty where the program does not ask."""
    if not programs.get(subject.program).consequences:
        return ""
    found = consequences.score(vars(subject.assessment))
    if not found:
        return gettext(
            "The five questions on daily life show no lasting need. That refuses nothing."
        )
    return gettext("The five questions on daily life show a lasting need: {what}.").format(
        what=", ".join(str(NAMES[kind]) for kind in found)
    )
