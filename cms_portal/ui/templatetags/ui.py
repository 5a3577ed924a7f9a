"""What the templates of the look need and an include cannot do."""

import re
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms_portal import programs
from cms_portal.ui import drawing, problems
from cms_portal.ui.widgets import MemorableDateInput, SeveralFilesInput

register = template.Library()

CLASSES: dict[str, str] = {
    "checkbox": "usa-checkbox__input",
    "file": "file-input__input",
    "select": "usa-select",
    "text": "usa-input",
    "textarea": "usa-textarea",
}
ALERTS = {"debug": "info", "info": "info", "success": "success", "warning": "warning"}


for part in (
    drawing.attributes,
    drawing.icon,
    drawing.select_options,
    drawing.status_tag,
    drawing.table_rows,
):
    register.simple_tag(part)


@register.simple_tag
def all_programs() -> list[programs.Program]:
    """Every program of this install: for pages of none, also for those that have no request."""
    return programs.all_programs()


@register.filter
def tel(number: str) -> str:
    """Return a phone number as a link dials it: +1 and digits."""
    digits = re.sub(r"\D", "", str(number or ""))
    return f"+1{digits.removeprefix('1')}" if digits else ""


@register.filter
def phone_link(number: str) -> SafeString:
    """Return a phone number as a link that no line breaks; it stands within a sentence."""
    return format_html('<a class="nowrap" href="tel:{}">{}</a>', tel(number), number)


@register.filter
def alert_kind(level: str) -> str:
    """Return the kind of alert for a message's level."""
    return ALERTS.get(level, "error")


@register.filter
def kind(field: BoundField) -> str:
    """Return how a field is drawn: one of the keys of the pack's field template."""
    widget = field.field.widget
    for drawn, widgets in (
        ("date", MemorableDateInput),
        ("checkboxes", forms.CheckboxSelectMultiple),
        ("radios", forms.RadioSelect),
        ("file", (SeveralFilesInput, forms.FileInput)),
        ("checkbox", forms.CheckboxInput),
        ("select", forms.Select),
        ("textarea", forms.Textarea),
    ):
        if isinstance(widget, widgets):
            return drawn
    return "text"


@register.filter
def control(field: BoundField) -> SafeString:
    """Render a field's widget with the classes of the design system."""
    drawn = kind(field)
    classes = [field.field.widget.attrs.get("class", ""), CLASSES.get(drawn, "")]
    if field.errors and drawn in ("text", "textarea", "select"):
        classes.append(f"{CLASSES[drawn]}--error")
    names = " ".join(filter(None, classes))
    return field.as_widget(attrs={"class": names} if names else {})


@register.filter
def question_of(field: BoundField, plain: str = "") -> bool:
    """Whether this field's label is the heading of its page, which on a dense page none is."""
    return not plain and getattr(field.form, "page_question", None) == field.name


@register.filter
def why(field: BoundField) -> str:
    """Return why we ask this question, or nothing."""
    return getattr(field.form, "why", {}).get(field.name, "")


@register.inclusion_tag("components/error_summary.html")
def error_summary(*filled: Any) -> dict[str, Any]:
    """List what needs a change in these forms, formsets and lists of forms, each a link to its field."""
    forms = [form for one in filled for form in (one if isinstance(one, list) else [one])]
    return {"problems": [problem for form in forms for problem in problems.of(form)]}
