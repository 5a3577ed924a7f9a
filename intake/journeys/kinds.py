"""How pages of an application keep their answers: as columns, with the household, or as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from cms_portal import programs
from cms_portal.journeys.rows import RowsStep
from cms_portal.journeys.steps import Step
from cms_portal.ui.fields import UNSURE, YesNoUnsure, YesNoUnsureField
from intake import told
from intake.actions import answers
from intake.forms import asking
from intake.journeys.applies import is_newborn
from intake.models import Application, Assessment

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


class IsNoted:
    """A page is done once somebody answered it for this application: blanks are then answers, too."""

    key: str
    not_for_newborns: tuple[str, ...] = ()
    """Questions of the page that nobody asks about a child of a few months."""

    @property
    def columns(self) -> list[str]:
        """The columns of the assessment that hold this page's answers."""
        held = {field.name for field in Assessment._meta.concrete_fields}
        asked = getattr(self, "form_class", None)
        return [name for name in asked.base_fields if name in held] if asked else []

    def was_said(self, subject: Application) -> bool:
        """Whether its answers were told, for this application or carried from an earlier one."""
        return self.key in told.answered_pages(subject)

    def is_done(self, subject: Application) -> bool:
        page = told.answered_pages(subject).get(self.key)
        return page is not None and not page.is_to_confirm

    def form(self, subject: Application, *args: Any, **options: Any) -> Any:
        """Return the form with the questions that this program asks about this child."""
        form = super().form(subject, *args, **options)  # type: ignore[misc]
        for name in self._left_out(subject):
            form.fields.pop(name, None)
        return form

    def _left_out(self, subject: Application) -> list[str]:
        left_out = programs.get(subject.program).questions_left_out(self.key)
        if self.not_for_newborns and is_newborn(subject):
            left_out += self.not_for_newborns
        return left_out


def names_of(subject: Application) -> dict[str, str]:
    """Return how questions name the child and the state."""
    return {"called": subject.child.called, "state": programs.get(subject.program).state_name}


class AnswerStep(IsNoted, Step):
    """A page whose answers are columns of the assessment, by the same names."""

    def form_arguments(self, subject: Application) -> dict[str, Any]:
        return names_of(subject) if issubclass(self.form_class, asking.AboutChildForm) else {}

    def initial(self, subject: Application) -> dict[str, Any]:
        done = self.was_said(subject)
        return {
            name: as_shown(field, getattr(subject.assessment, name), done=done)
            for name, field in self.form_class.base_fields.items()
            if hasattr(subject.assessment, name)
        }

    def save(self, subject: Application, given: dict[str, Any], *, by: User) -> None:
        columns = columns_of(subject, given)
        answers.record(
            application=subject, step=self.key, columns=columns, by=by, at=timezone.now()
        )


def columns_of(subject: Application, given: dict[str, Any]) -> dict[str, Any]:
    """Return those answers that are columns of the assessment, as they are kept."""
    return {
        name: _kept(subject.assessment, name, value)
        for name, value in given.items()
        if hasattr(subject.assessment, name)
    }


def as_shown(field: forms.Field, value: Any, *, done: bool) -> Any:
    """A question answered with "not sure" is kept as not known; the page shows that it was answered."""
    unknown = value is None or value == ""
    if isinstance(field, YesNoUnsureField):
        if unknown:
            return YesNoUnsure.UNSURE if done and field.required else None
        return YesNoUnsure.YES if value else YesNoUnsure.NO
    if unknown and done and UNSURE in list(getattr(field, "choices", ())):
        return YesNoUnsure.UNSURE
    return value


def _kept(assessment: Any, name: str, value: Any) -> Any:
    """Return what the column holds; in a column of words, "no" and "unsure" are words like any."""
    column = assessment._meta.get_field(name)
    if isinstance(value, YesNoUnsure):
        return {YesNoUnsure.YES: True, YesNoUnsure.NO: False}.get(value)
    if column.choices and value == YesNoUnsure.UNSURE:
        return ""
    return column.get_default() if value is None and not column.null else value


class HouseholdStep(IsNoted, Step):
    """A page whose answers belong to the household or its guardian, not to one application."""

    def save(self, subject: Application, given: dict[str, Any], *, by: User) -> None:
        before = self.initial(subject)
        is_new = any(before.get(name) != value for name, value in given.items())
        columns = columns_of(subject, given)
        self.keep(subject, {n: v for n, v in given.items() if n not in columns}, by=by)
        answers.record(
            application=subject,
            step=self.key,
            columns=columns,
            is_new=is_new,
            by=by,
            at=timezone.now(),
        )

    def keep(self, subject: Application, given: dict[str, Any], *, by: User) -> None:
        raise AssertionError(f"{type(self).__name__} says where its answers are kept")


class AssessmentRowsStep(IsNoted, RowsStep):
    """Rows kept beside the assessment."""

    def save(self, subject: Application, given: Any, *, by: User) -> None:
        answers.record_rows(
            application=subject,
            step=self.key,
            rows=self.rows(subject),
            given=given,
            by=by,
            at=timezone.now(),
        )
