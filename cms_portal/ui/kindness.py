"""Kind sentences for a field's errors, and text closed to debris."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import (
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
    ProhibitNullCharactersValidator,
)
from django.forms.utils import pretty_name
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from cms_portal.ui.fields import MemorableDateField

SHORT_TEXT = 200
LONG_TEXT = 5_000
# PostgreSQL's integer.
LARGEST_WHOLE_NUMBER = 2**31 - 1
# NUL and other controls, halves of surrogate pairs, and the mark left by bytes that are no text.
DEBRIS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd]")


class TextLengthValidator(MaxLengthValidator):
    """Counts text only: some text fields turn what was typed into something else."""

    def clean(self, value: Any) -> int:
        return len(value) if isinstance(value, str) else 0


def validate_readable(text: Any) -> None:
    """Refuse text with characters no person typed, which the database or a letter cannot hold."""
    if isinstance(text, str) and DEBRIS.search(text):
        raise ValidationError(
            _("Some characters here cannot be read, perhaps after copy and paste. Type it again."),
            code="unreadable",
        )


def prepare(name: str, field: forms.Field) -> None:
    """Give one field sane limits and kind sentences; doing it twice changes nothing."""
    _leave_nothing_in_the_browser(field.widget)
    if isinstance(field, forms.CharField):
        _close_to_debris(field)
    if isinstance(field, forms.IntegerField):
        _keep_within_the_database(field)
        _keep_what_was_typed(field.widget)
    # A question still to be filled in, "Does {child} …?", gets its sentences once it is.
    if getattr(field, "said_of", field) is not field.label and "{" not in str(field.label):
        _speak_kindly(name, field)


def _speak_kindly(name: str, field: forms.Field) -> None:
    """Say what may be wrong, by the field's label; again where a form gave it another label since."""
    label = field.label or pretty_name(name)
    defaults = _django_messages(type(field))
    said: dict[str, Any] = {}
    before = getattr(field, "said", {})
    for code, sentence in _sentences(field):
        now = field.error_messages.get(code)
        if now == defaults.get(code) or (code in before and now is before[code]):
            field.error_messages[code] = said[code] = _about(sentence, label)
    field.said, field.said_of = said, field.label  # type: ignore[attr-defined]


def _leave_nothing_in_the_browser(widget: forms.Widget) -> None:
    # Browsers write typed text into their profile, where the next person at a shared computer is
    # offered it. A form about the person's own contact data may name an autocomplete token.
    for part in getattr(widget, "widgets", [widget]):
        if isinstance(part, (forms.Textarea, forms.Select, forms.TextInput)):
            part.attrs.setdefault("autocomplete", "off")


def _close_to_debris(field: forms.CharField) -> None:
    if validate_readable in field.validators:
        return
    field.validators = [
        *(v for v in field.validators if not isinstance(v, ProhibitNullCharactersValidator)),
        validate_readable,
    ]
    if field.max_length is None:
        field.max_length = LONG_TEXT if isinstance(field.widget, forms.Textarea) else SHORT_TEXT
        field.validators.append(TextLengthValidator(field.max_length))
    # A browser cuts pasted text at maxlength without a word; we say a sentence instead.
    field.widget.attrs.pop("maxlength", None)


def _keep_what_was_typed(widget: forms.Widget) -> None:
    # A number field sends nothing at all for letters, and a turned wheel changes the answer unseen.
    if isinstance(widget, forms.NumberInput):
        widget.input_type = "text"
        widget.attrs.setdefault("inputmode", "numeric")
        for limit in ("min", "max", "step"):
            widget.attrs.pop(limit, None)


def _keep_within_the_database(field: forms.IntegerField) -> None:
    if field.max_value is None:
        field.max_value = LARGEST_WHOLE_NUMBER
        field.validators.append(MaxValueValidator(LARGEST_WHOLE_NUMBER))
    if field.min_value is None:
        field.min_value = -LARGEST_WHOLE_NUMBER
        field.validators.append(MinValueValidator(-LARGEST_WHOLE_NUMBER))


def _django_messages(kind: type[forms.Field]) -> dict[str, Any]:
    messages: dict[str, Any] = {}
    for cls in reversed(kind.__mro__):
        messages.update(getattr(cls, "default_error_messages", {}))
    return messages


def _sentences(field: forms.Field) -> Iterator[tuple[str, Promise]]:
    yield "required", _required(field)
    yield (
        "max_length",
        _("“{label}” can have at most %(limit_value)d characters. Yours has %(show_value)d."),
    )
    yield "min_length", _("“{label}” needs at least %(limit_value)d characters.")
    yield "min_value", _("“{label}”: write %(limit_value)s or more.")
    yield "max_value", _("“{label}”: write %(limit_value)s or less.")
    yield "invalid_choice", _("Choose one of the answers shown for “{label}”.")
    yield "invalid_list", _("Choose one of the answers shown for “{label}”.")
    invalid = _invalid(field)
    if invalid is not None:
        yield "invalid", invalid


def _required(field: forms.Field) -> Promise:
    if isinstance(field, forms.FileField):
        return _("Add a file or a photo for “{label}”.")
    if isinstance(field, (forms.DateField, MemorableDateField)):
        return _("Give the date for “{label}”.")
    if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        return _("Choose an answer for “{label}”.")
    if isinstance(field, forms.BooleanField):
        return _("Tick “{label}” to go on.")
    return _("Write an answer for “{label}”.")


def _invalid(field: forms.Field) -> Promise | None:
    if isinstance(field, forms.EmailField):
        return _("Write an email address like name@example.com.")
    if isinstance(field, forms.IntegerField) and not isinstance(field, forms.DecimalField):
        return _("“{label}”: write a whole number, like 3.")
    if isinstance(field, forms.DecimalField):
        return _("“{label}”: write a number, like 2.5.")
    if isinstance(field, forms.DateField):
        return _("Write a date like 12/31/2025.")
    return None


def _spell(sentence: Promise, label: Any) -> str:
    words, name = str(sentence), str(label).rstrip(":")
    # Sentences with limits are filled in with % afterwards, so a % in the label is doubled.
    return words.replace("{label}", name.replace("%", "%%") if "%(" in words else name)


_about = lazy(_spell, str)
