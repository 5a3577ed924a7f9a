"""A page of questions is a Step; an ordered list of them is a Journey.

Families see one step a page, staff see all of them on one; both are the same steps. Answers go to the
record at each step, and sending runs every step's form once more over what the record holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms_portal.journeys.answers import Answer, answers_of, as_sent
from cms_portal.journeys.shown import version_of

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

Words = str | Promise
Subject = Any


class Step:
    """One page: a key for its address, a title, a form, and whether it applies to this subject."""

    key: str
    title: Words
    form_class: type[forms.Form]
    when: Callable[[Subject], bool] | None = None

    def __init__(self, **facts: Any):
        """Take what a subclass does not say itself: `key`, `title`, `form_class`, `when` it applies."""
        for name, value in facts.items():
            setattr(self, name, value)

    def applies(self, subject: Subject) -> bool:
        return self.when is None or self.when(subject)

    def is_done(self, subject: Subject) -> bool:
        """Say whether this page was answered."""
        raise AssertionError(f"{type(self).__name__} says when it is done")

    def initial(self, subject: Subject) -> dict[str, Any]:
        """Return what the record holds, by form field."""
        raise AssertionError(f"{type(self).__name__} says what the record holds")

    def version(self, subject: Subject) -> str:
        """Return the fingerprint of what the record holds now, to compare with what a page showed."""
        return version_of(self.initial(subject))

    def save(self, subject: Subject, answers: dict[str, Any], *, by: User) -> None:
        """Write the answers of a valid form to the record."""
        raise AssertionError(f"{type(self).__name__} says how it is saved")

    def save_part(self, subject: Subject, form: Any, *, by: User) -> None:
        """Write what is good in a form with errors, where a page can be answered in part."""

    def shows(self, subject: Subject) -> dict[str, Any]:
        """Return what the page shows besides its form."""
        return {}

    def form_arguments(self, subject: Subject) -> dict[str, Any]:
        """Return what the form needs to know besides its data."""
        return {}

    def form(
        self,
        subject: Subject,
        data: Any = None,
        files: Any = None,
        *,
        prefix: str = "",
        for_staff: bool = False,
    ) -> Any:
        """Return the page's form over what the record holds, or over what was sent.

        A step may ask staff for more than it asks a family.
        """
        return self.form_class(
            data=data,
            files=files,
            initial=self.initial(subject),
            prefix=prefix or None,
            **self.form_arguments(subject),
        )

    def fill_in(self, form: Any, told: Mapping[str, Any]) -> bool:
        """Show on an empty page what was told elsewhere, by field; say whether it shows any of it."""
        known = {
            name: form.fields[name].to_python(told[name]) for name in form.fields if name in told
        }
        form.initial |= known
        return bool(known)

    def answers(self, subject: Subject) -> list[Answer]:
        """Return label and answer of each question, as a person reads them."""
        return answers_of(self.form(subject))

    def recheck(self, subject: Subject) -> Any:
        """Return the form filled with what the record holds, as if the family had just sent it."""
        return self.form(subject, data=as_sent(self.form(subject)))


@dataclass(frozen=True)
class StepState:
    """Where one step of a journey stands, for a task list."""

    step: Step
    is_done: bool
    is_next: bool

    @property
    def words(self) -> Words:
        if self.is_done:
            return _("Done")
        return _("Next") if self.is_next else _("Not started")


class Journey:
    """An ordered list of steps."""

    def __init__(self, steps: Iterable[Step]):
        self.steps: Mapping[str, Step] = {step.key: step for step in steps}

    def for_subject(self, subject: Subject) -> list[Step]:
        """Return the steps that apply, in order."""
        return [step for step in self.steps.values() if step.applies(subject)]

    def step(self, subject: Subject, key: str) -> Step | None:
        """Return one step by its key, if it applies."""
        step = self.steps.get(key)
        return step if step is not None and step.applies(subject) else None

    def after(self, subject: Subject, step: Step) -> Step | None:
        """Return the step that follows; None after the last."""
        keys = list(self.steps)
        rest = (self.steps[key] for key in keys[keys.index(step.key) + 1 :])
        return next((one for one in rest if one.applies(subject)), None)

    def before(self, subject: Subject, step: Step) -> Step | None:
        """Return the step that precedes; None before the first."""
        steps = self.for_subject(subject)
        place = steps.index(step)
        return steps[place - 1] if place else None

    def first_open(self, subject: Subject) -> Step | None:
        """Return the first step not answered yet; None when all are."""
        return next((s for s in self.for_subject(subject) if not s.is_done(subject)), None)

    def states(self, subject: Subject) -> list[StepState]:
        """Return where each step stands."""
        first = self.first_open(subject)
        return [
            StepState(step, step.is_done(subject), step is first)
            for step in self.for_subject(subject)
        ]

    def place(self, subject: Subject, step: Step) -> tuple[int, int]:
        """Return (number of this step, number of steps), counted from 1."""
        steps = self.for_subject(subject)
        return steps.index(step) + 1, len(steps)

    def unfinished(self, subject: Subject) -> list[tuple[Step, Any]]:
        """Return the steps that cannot be sent as they stand, each with its form and errors."""
        found = []
        for step in self.for_subject(subject):
            form = step.recheck(subject)
            if not step.is_done(subject) or not form.is_valid():
                found.append((step, form))
        return found
