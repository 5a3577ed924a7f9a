"""What needs a change in a form, in the order of its fields, each with the id to jump to."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet


@dataclass(frozen=True)
class Problem:
    """One sentence, and the id of the control it is about, if it is about one."""

    message: str
    target: str = ""


def of(filled: BaseForm | BaseFormSet | None) -> Iterator[Problem]:
    """Yield the problems of one form or of every form of a formset."""
    if filled is None or not filled.is_bound:
        return
    if isinstance(filled, BaseFormSet):
        yield from (Problem(str(message)) for message in filled.non_form_errors())
        for form in filled.forms:
            yield from of(form)
        return
    yield from (Problem(str(message)) for message in filled.non_field_errors())
    for field in filled:
        yield from (Problem(str(message), target(field)) for message in field.errors)


def target(field: BoundField) -> str:
    """Return the id of the control that a problem's link moves to."""
    if field.is_hidden:
        return ""
    widget = field.field.widget
    first_control = getattr(widget, "first_control", None)
    if first_control is not None:
        return first_control(field.auto_id)
    return field.id_for_label or f"{field.auto_id}_0"
