"""Form fields for what is asked most: dates, money, yes or no, phones, files."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from phonenumber_field.formfields import PhoneNumberField

from cms_portal.ui.widgets import MemorableDateInput, MoneyInput, PhoneInput, SeveralFilesInput

MEGABYTE = 1024 * 1024
FIRST_YEAR = 1900
LAST_YEAR = 2200
MOST_MONEY = Decimal("99999999.99")
FOUR_DIGITS = re.compile(r"[0-9]{4}")
ONE_OR_TWO_DIGITS = re.compile(r"[0-9]{1,2}")
# 1250, 1,250 and 1,250.50: groups of three, at most two digits of cents.
AMOUNT = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]{0,2})?")


class MemorableDateField(forms.Field):
    """A date people know by heart, given as month, day and year.

    `earliest` and `latest` are dates, both allowed; a form that knows today sets
    `self.fields["born_on"].latest = on`.
    """

    widget = MemorableDateInput
    default_error_messages = {
        "incomplete": _("The date still needs: %(missing)s."),
        "month": _("Choose the month from the list."),
        "day": _("Write the day as a number, like 4."),
        "year": _("Write the year with four digits, like 2016."),
        "no_such_day": _("%(month)s %(year)s has %(days)s days. Check the day."),
        "too_early": _("This date cannot be before %(limit)s. Check the year."),
        "too_late": _("This date cannot be after %(limit)s. Check the year."),
    }

    def __init__(self, *, earliest: date | None = None, latest: date | None = None, **options: Any):
        self.earliest = earliest or date(FIRST_YEAR, 1, 1)
        self.latest = latest or date(LAST_YEAR, 12, 31)
        super().__init__(**options)

    def clean(self, value: Any) -> date | None:
        parts = [str(part or "").strip() for part in (value or ["", "", ""])]
        if not any(parts):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        day = self.to_date(*parts)
        self.run_validators(day)
        return day

    def to_date(self, month: str, day: str, year: str) -> date:
        """Return the date of three typed parts; raise ValidationError for the part that is off."""
        self._require_all(month, day, year)
        if month not in {str(number) for number in MONTHS}:
            self._refuse("month")
        if not ONE_OR_TWO_DIGITS.fullmatch(day):
            self._refuse("day")
        if not FOUR_DIGITS.fullmatch(year) or year == "0000":
            self._refuse("year")
        days = monthrange(int(year), int(month))[1]
        if not 1 <= int(day) <= days:
            self._refuse("no_such_day", month=capfirst(MONTHS[int(month)]), year=year, days=days)
        return self._within_limits(date(int(year), int(month), int(day)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        first = MemorableDateInput().decompress(initial)
        return [str(part) for part in first] != [str(part or "") for part in (data or first)]

    def _require_all(self, *parts: str) -> None:
        missing = [
            str(label) for label, part in zip(self.widget.labels, parts, strict=True) if not part
        ]
        if missing:
            self._refuse("incomplete", missing=", ".join(missing).lower())

    def _within_limits(self, day: date) -> date:
        if day < self.earliest:
            self._refuse("too_early", limit=date_format(self.earliest))
        if day > self.latest:
            self._refuse("too_late", limit=date_format(self.latest))
        return day

    def _refuse(self, code: str, **params: Any) -> None:
        raise ValidationError(self.error_messages[code], code=code, params=params)


class MoneyField(forms.Field):
    """An amount in dollars as people write it ("$1,250.50"); a Decimal, never negative."""

    widget = MoneyInput
    default_error_messages = {
        "invalid": _("Write the amount in dollars, like 1,250.50."),
        "negative": _("Write the amount without a minus sign."),
        "too_much": _("This amount is too large. Check the number."),
    }

    def __init__(self, *, most: Decimal = MOST_MONEY, **options: Any):
        self.most = most
        super().__init__(**options)

    def to_python(self, value: Any) -> Decimal | None:
        typed = str(value if value is not None else "").strip().removeprefix("$").replace(" ", "")
        if not typed:
            return None
        if typed.startswith(("-", "−")) or str(value).strip().startswith("-"):
            raise ValidationError(self.error_messages["negative"], code="negative")
        if not AMOUNT.fullmatch(typed):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return self._to_cents(typed)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,.2f}" if isinstance(value, Decimal) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True

    def _to_cents(self, typed: str) -> Decimal:
        try:
            amount = Decimal(typed.replace(",", ""))
            if amount > self.most:
                raise ValidationError(self.error_messages["too_much"], code="too_much")
            return amount.quantize(Decimal("0.01"))
        except InvalidOperation:
            raise ValidationError(self.error_messages["too_much"], code="too_much") from None


class YesNoField(forms.TypedChoiceField):
    """Yes or no, as two buttons with nothing chosen beforehand; a bool, or None when left open."""

    widget = forms.RadioSelect

    def __init__(self, **options: Any):
        options.setdefault("choices", [("yes", _("Yes")), ("no", _("No"))])
        super().__init__(coerce=lambda answer: answer == "yes", empty_value=None, **options)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class YesNoUnsure(models.TextChoices):
    """Three answers to a question a family may not know: unsure is an answer, never a no."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNSURE = "unsure", _("I am not sure")


class YesNoUnsureField(forms.TypedChoiceField):
    """Yes, no, or not sure; a YesNoUnsure, or None when left open."""

    widget = forms.RadioSelect

    def __init__(self, **options: Any):
        options.setdefault("choices", YesNoUnsure.choices)
        super().__init__(coerce=YesNoUnsure, empty_value=None, **options)


UNSURE = (YesNoUnsure.UNSURE.value, YesNoUnsure.UNSURE.label)


def choice(label: Any, choices: Any, *, unsure: bool = True, **options: Any) -> forms.ChoiceField:
    """Return a question with one answer out of a few, and a way to say one does not know."""
    listed = [*choices, UNSURE] if unsure else list(choices)
    return forms.ChoiceField(label=label, choices=listed, widget=forms.RadioSelect, **options)


class ZipCodeField(forms.RegexField):
    """A ZIP code of five digits, perhaps with the four more."""

    default_error_messages = {"invalid": _("Write a ZIP code with 5 digits, like 87501.")}

    def __init__(self, **options: Any):
        super().__init__(regex=r"^[0-9]{5}(-[0-9]{4})?$", **options)


class PhoneField(PhoneNumberField):
    """A phone number of the United States, however it is written; a PhoneNumber."""

    widget = PhoneInput
    default_error_messages = {
        "invalid": _("Write a phone number with its area code, like 505-555-0134.")
    }

    def __init__(self, **options: Any):
        options.setdefault("region", "US")
        options.setdefault("widget", PhoneInput)
        super().__init__(**options)
        self.error_messages.setdefault("invalid", self.default_error_messages["invalid"])


class SeveralFilesField(forms.FileField):
    """One or more files; a list, empty when nothing was added.

    Checks number, size and emptiness only. What a file really is, `documents` finds out.
    """

    widget = SeveralFilesInput
    default_error_messages = {
        "too_many": ngettext_lazy(
            "Add at most %(limit)d file at a time.",
            "Add at most %(limit)d files at a time.",
            "limit",
        ),
        "too_big": _(
            "“%(name)s” is larger than %(limit)d MB. A photo taken closer may be smaller."
        ),
        "empty": _("“%(name)s” is empty. Choose it again, or take a photo of the page."),
    }

    def __init__(self, *, most_files: int = 10, most_megabytes: int = 10, **options: Any):
        self.most_files = most_files
        self.most_megabytes = most_megabytes
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"accept": "image/jpeg,image/png,image/heic,image/heif,application/pdf"}

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = list(data) if isinstance(data, Sequence) else [data] if data else []
        if not files:
            if self.required and not initial:
                raise ValidationError(self.error_messages["required"], code="required")
            return []
        if len(files) > self.most_files:
            self._refuse("too_many", limit=self.most_files)
        for file in files:
            self._check(file)
        return files

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial

    def _check(self, file: Any) -> None:
        if not file.size:
            self._refuse("empty", name=file.name)
        if file.size > self.most_megabytes * MEGABYTE:
            self._refuse("too_big", name=file.name, limit=self.most_megabytes)

    def _refuse(self, code: str, **params: Any) -> None:
        raise ValidationError(self.error_messages[code], code=code, params=params)
