"""A step of several rows of one kind: conditions, incomes, people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.utils.translation import gettext_lazy as _

from cms_portal.accounts import unsent
from cms_portal.journeys.answers import Answer, answers_of, as_sent
from cms_portal.journeys.steps import Step, Subject, Words
from cms_portal.ui.forms import PortalFormSet

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_ROWS = 20


TAKE_OFF = "is_withdrawn"
ROW = "row"
"""The hidden field by which a kept row is found again, wherever it stands on the page."""


class RowsForm(PortalFormSet):
    """The rows as one form: those kept, and empty ones to fill."""

    row_name: Words = "{number}"
    has_grown = False
    """Whether rows were kept since the page was shown, and others were typed on it."""

    def clean(self) -> None:
        if self.has_grown:
            raise ValidationError(
                _(
                    "This list was filled in on another page meanwhile. Check it, then send it again."
                )
            )

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Mark which row it is, and offer to take it off the list, where it is on the list."""
        super().add_fields(form, index)
        if index is None or index >= self.initial_form_count():
            form.fields.pop(TAKE_OFF, None)
        else:
            form.fields[ROW] = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def has_new(self) -> bool:
        return self.total_form_count() > self.initial_form_count()

    def named(self) -> list[tuple[str, forms.Form]]:
        """Return each row with what it is called."""
        return [(name_of(self.row_name, number), row) for number, row in enumerate(self.forms, 1)]

    def filled(self) -> list[tuple[int | None, dict[str, Any]]]:
        """Return (key, answers) of the rows that were changed; a new row has no key."""
        return [
            (
                int(form.initial[ROW]) if form.initial else None,
                {name: value for name, value in form.cleaned_data.items() if name != ROW},
            )
            for form in self.forms
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
        return [
            {name: getattr(row, name) for name in self._fields()} | {ROW: str(row.pk)}
            for row in self.kept(subject)
        ]

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
        kept, prefix = self.initial(subject), prefix or self.key
        ready = 1 if another or for_staff or not kept else 0
        formset: Any = formset_factory(
            row,
            formset=RowsForm,
            extra=max(ready, _rows_given_back(prefix) - len(kept)),
            max_num=MOST_ROWS,
            validate_max=True,
        )
        typed = data
        if _is_out_of_place(data, prefix, kept):
            typed = _in_place(as_sent(formset(initial=kept, prefix=prefix)), data, prefix)
        rows = formset(data=typed, files=files, initial=kept, prefix=prefix)
        rows.row_name = self.row_name
        rows.has_grown = typed is not data and _leaves_out(data, prefix, kept) and rows.has_new
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


def _rows_given_back(prefix: str) -> int:
    """Return how many rows a page had that was typed on before it was drawn anew."""
    typed = unsent.given_back()
    return 1 + max(_rows_of(typed, prefix), default=-1) if typed else 0


def _is_out_of_place(data: Any, prefix: str, kept: list[dict[str, Any]]) -> bool:
    """Say whether the rows of a sent page are not, one by one, those kept now."""
    if not data or f"{prefix}-{INITIAL_FORM_COUNT}" not in data:
        return False
    if str(data[f"{prefix}-{INITIAL_FORM_COUNT}"]) != str(len(kept)):
        return True
    return any(
        str(data.get(f"{prefix}-{place}-{ROW}", "")) != row[ROW] for place, row in enumerate(kept)
    )


def _leaves_out(data: Any, prefix: str, kept: list[dict[str, Any]]) -> bool:
    """Say whether a row is kept that the sent page did not show."""
    sent = {str(row.get(ROW, "")) for row in _rows_of(data, prefix).values()}
    return any(row[ROW] not in sent for row in kept)


def _in_place(kept: dict[str, Any], typed: Any, prefix: str) -> dict[str, Any]:
    """Return what was typed on a page that is older than the list, each row where its key now stands.

    A row that the page did not show stays as it is kept; one that is no longer kept is typed as new.
    """
    rows = _rows_of(kept, prefix)
    places = {str(row[ROW]): place for place, row in rows.items() if row.get(ROW)}
    known = len(places)
    rows = {place: row for place, row in rows.items() if place < known}
    for _number, row in sorted(_rows_of(typed, prefix).items()):
        place = places.get(str(row.get(ROW, "")))
        if place is not None:
            rows[place] = row
        elif any(value for name, value in row.items() if name != ROW):
            rows[len(rows)] = row
    return {
        f"{prefix}-{INITIAL_FORM_COUNT}": known,
        f"{prefix}-{TOTAL_FORM_COUNT}": len(rows),
    } | {f"{prefix}-{n}-{name}": value for n, row in rows.items() for name, value in row.items()}


def _rows_of(sent: Any, prefix: str) -> dict[int, dict[str, Any]]:
    """Return the rows of a sent page, each by its number."""
    rows: dict[int, dict[str, Any]] = {}
    for key in sent:
        if found := re.fullmatch(rf"{re.escape(prefix)}-([0-9]{{1,3}})-(\w+)", key):
            rows.setdefault(int(found[1]), {})[found[2]] = sent[key]
    return rows
