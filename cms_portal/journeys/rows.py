"""A step of several rows of one kind: conditions, incomes, people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.forms import formset_factory

from cms_portal.journeys.answers import Answer, answers_of, as_sent
from cms_portal.journeys.steps import Step, Subject, Words
from cms_portal.ui.forms import PortalFormSet

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_ROWS = 20


TAKE_OFF = "is_withdrawn"


class RowsForm(PortalFormSet):
    """The rows as one form: those kept, and empty ones to fill."""

    row_name: Words = "{number}"

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Offer to take off the list only what is on it."""
        super().add_fields(form, index)
        if index is None or index >= self.initial_form_count():
            form.fields.pop(TAKE_OFF, None)

    def named(self) -> list[tuple[str, forms.Form]]:
        """Return each row with what it is called."""
        return [(name_of(self.row_name, number), row) for number, row in enumerate(self.forms, 1)]

    def filled(self) -> list[tuple[int, dict[str, Any]]]:
        """Return (position, answers) of the rows that hold anything, or did before."""
        return [
            (position, form.cleaned_data)
            for position, form in enumerate(self.forms)
            if form.has_changed()
        ]


class RowsStep(Step):
    """A page on which any number of rows can be given.

    Staff always find an empty row ready; a family finds one on an empty page, and when it asks for one.
    """

    row_form: ClassVar[type[forms.Form]]
    staff_row_form: ClassVar[type[forms.Form] | None] = None
    row_name: ClassVar[Words]
    """What one row is called, with its {number}."""

    def rows(self, subject: Subject) -> QuerySet[Any]:
        """Return the rows kept so far, in order."""
        raise AssertionError(f"{type(self).__name__} says where its rows are")

    def kept(self, subject: Subject) -> Iterable[Any]:
        """Return the rows to show, in order; a step that has read them before need not read them again."""
        return self.rows(subject)

    def initial(self, subject: Subject) -> Any:
        return [{name: getattr(row, name) for name in self._fields()} for row in self.kept(subject)]

    def form(
        self,
        subject: Subject,
        data: Any = None,
        files: Any = None,
        *,
        prefix: str = "",
        for_staff: bool = False,
        another: bool = False,
    ) -> Any:
        row = self.staff_row_form if for_staff and self.staff_row_form else self.row_form
        kept = self.initial(subject)
        formset = formset_factory(
            row,
            formset=RowsForm,
            extra=1 if another or for_staff or not kept else 0,
            max_num=MOST_ROWS,
            validate_max=True,
        )
        rows: Any = formset(data=data, files=files, initial=kept, prefix=prefix or self.key)
        rows.row_name = self.row_name
        return rows

    def fill_in(self, form: Any, told: Mapping[str, Any]) -> bool:
        """Show it in the first row, where no row is kept yet."""
        return not form.initial_form_count() and super().fill_in(form.forms[0], told)

    def recheck(self, subject: Subject) -> Any:
        """Check the rows by what staff may write, which includes all that a family may."""
        kept = self.form(subject, for_staff=True)
        return self.form(subject, data=as_sent(kept), for_staff=True)

    def answers(self, subject: Subject) -> list[Answer]:
        """Return each row as one answer, its parts in order."""
        return [
            Answer(name, ", ".join(_parts(row)))
            for name, row in self.form(subject).named()
            if row.initial
        ]

    def _fields(self) -> list[str]:
        return list((self.staff_row_form or self.row_form).base_fields)


def name_of(row: Words, number: int) -> str:
    return str(row).format(number=number)


def _parts(row: forms.Form) -> list[str]:
    row.fields.pop(TAKE_OFF, None)
    return [answer.text for answer in answers_of(row) if answer.text]
