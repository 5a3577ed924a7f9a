"""A step of several rows of one kind: conditions, incomes, people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.forms import formset_factory

from cms_portal.journeys.steps import Step, Subject
from cms_portal.ui.forms import PortalFormSet

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_ROWS = 20


class RowsForm(PortalFormSet):
    """The rows as one form: those kept, and empty ones to fill."""

    def filled(self) -> list[tuple[int, dict[str, Any]]]:
        """Return (position, answers) of the rows that hold anything, or did before."""
        return [
            (position, form.cleaned_data)
            for position, form in enumerate(self.forms)
            if form.has_changed()
        ]


class RowsStep(Step):
    """A page on which any number of rows can be given; one empty row stands ready."""

    row_form: ClassVar[type[forms.Form]]
    staff_row_form: ClassVar[type[forms.Form] | None] = None
    empty_rows: ClassVar[int] = 1

    def rows(self, subject: Subject) -> QuerySet[Any]:
        """Return the rows kept so far, in order."""
        raise AssertionError(f"{type(self).__name__} says where its rows are")

    def initial(self, subject: Subject) -> Any:
        return [{name: getattr(row, name) for name in self._fields()} for row in self.rows(subject)]

    def form(
        self,
        subject: Subject,
        data: Any = None,
        files: Any = None,
        *,
        prefix: str = "",
        for_staff: bool = False,
    ) -> Any:
        row = self.staff_row_form if for_staff and self.staff_row_form else self.row_form
        formset = formset_factory(
            row, formset=RowsForm, extra=self.empty_rows, max_num=MOST_ROWS, validate_max=True
        )
        return formset(
            data=data, files=files, initial=self.initial(subject), prefix=prefix or self.key
        )

    def _fields(self) -> list[str]:
        return list((self.staff_row_form or self.row_form).base_fields)
