"""Controls the design system has and Django does not."""

from datetime import date
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class MemorableDateInput(forms.MultiWidget):
    """Month, day and year apart: nobody has to scroll a calendar back to a birth.

    What was typed comes back as it was, also when it is no date.
    """

    template_name = "uswds/widgets/memorable_date.html"
    use_fieldset = True
    labels: tuple[Promise, ...] = (_("Month"), _("Day"), _("Year"))

    def __init__(self, attrs: dict[str, Any] | None = None, autocomplete: str = ""):
        """Take `autocomplete="bday"` where the browser may know the date."""
        digits = {"class": "usa-input", "inputmode": "numeric"}
        months = [("", _("Choose")), *((str(number), name) for number, name in MONTHS.items())]
        parts: dict[str, forms.Widget | type[forms.Widget]] = {
            "month": forms.Select({"class": "usa-select"}, choices=months),
            "day": forms.TextInput({**digits, "maxlength": 2}),
            "year": forms.TextInput({**digits, "maxlength": 4}),
        }
        super().__init__(parts, attrs)
        if autocomplete:
            for name, part in zip(parts, self.widgets, strict=True):
                part.attrs["autocomplete"] = f"{autocomplete}-{name}"

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, str) and value:
            value = date.fromisoformat(value)
        return [value.month, value.day, value.year] if value else ["", "", ""]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        parts = context["widget"]["subwidgets"]
        context["parts"] = zip(("month", "day", "year"), self.labels, parts, strict=True)
        return context

    @staticmethod
    def first_control(field_id: str) -> str:
        """Return the id an error's link moves to."""
        return f"{field_id}_0"


class MoneyInput(forms.TextInput):
    """An amount in dollars, with the sign drawn before it."""

    template_name = "uswds/widgets/money.html"

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"inputmode": "decimal", **(attrs or {})})


class PhoneInput(forms.TextInput):
    """A phone number, as people write it."""

    input_type = "tel"

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"class": "usa-input--phone", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return getattr(value, "as_national", value)


class SeveralFilesInput(forms.FileInput):
    """Several files in one answer; on a phone also straight from the camera."""

    allow_multiple_selected = True
    template_name = "uswds/widgets/several_files.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, camera: bool = True):
        self.camera = camera
        super().__init__({"class": "file-input__input", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["camera"] = self.camera
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name) or []

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files

    @staticmethod
    def first_control(field_id: str) -> str:
        """Return the id an error's link moves to."""
        return field_id
