"""What a form's record holds: as a person reads it, and as a browser would send it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.forms.formsets import BaseFormSet
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Answer:
    """One question and its answer; an empty text is a question left open."""

    label: str | Promise
    text: str


def answers_of(form: forms.Form) -> list[Answer]:
    """Return the answers that a form's initial values hold, in the order of its fields.

    A question that may be left open is passed over where it was.
    """
    shown = (
        (bound, as_read(bound.field, bound.initial))
        for bound in form
        if not bound.is_hidden and not isinstance(bound.field, forms.FileField)
    )
    return [Answer(bound.label, text) for bound, text in shown if text or bound.field.required]


def as_read(field: forms.Field, value: Any) -> str:
    """Return one answer as a person reads it."""
    if isinstance(value, list | tuple | set):
        return ", ".join(as_read(field, one) for one in value)
    if value is None or value == "":
        return ""
    if isinstance(value, models.Model):
        return str(value)
    for key, words in getattr(field, "choices", ()):
        if str(key) == str(field.prepare_value(value)):
            return str(words)
    return _in_words(value)


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, Decimal):
        return f"${number_format(value, decimal_pos=2, force_grouping=True)}"
    return str(getattr(value, "as_national", value))


def as_sent(form: forms.Form | BaseFormSet) -> dict[str, Any]:
    """Return a form's initial values under the names and in the shapes in which a browser sends them."""
    if isinstance(form, BaseFormSet):
        sent = {
            form.management_form.add_prefix(name): value
            for name, value in form.management_form.initial.items()
        }
        for row in form:
            sent |= as_sent(row)
        return sent
    sent = {}
    for bound in form:
        value = bound.field.prepare_value(bound.initial)
        widget = bound.field.widget
        if isinstance(widget, forms.MultiWidget):
            names: list[str] = widget.widgets_names  # type: ignore[attr-defined]
            parts = widget.decompress(bound.initial) or []
            sent |= {bound.html_name + name: part for name, part in zip(names, parts, strict=True)}
        elif isinstance(value, bool):
            sent |= {bound.html_name: "on"} if value else {}
        elif value is not None:
            sent[bound.html_name] = value
    return sent
