"""What families ask the finder, and what staff say about an office."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.families.models import Language
from cms_portal.offices.models import Office, OpeningHours
from cms_portal.programs import Program
from cms_portal.ui.fields import MemorableDateField, PhoneField
from cms_portal.ui.forms import PortalForm, PortalModelForm

STRETCHES = ("first", "second")
REASON = forms.CharField(
    label=_("Why do you change this?"),
    help_text=_("One sentence for the history, like “They called us on Monday.”"),
    max_length=200,
)


class FinderForm(PortalForm):
    """A place, and perhaps a program and a language. A search, so nothing of it is kept."""

    place = forms.CharField(
        label=_("ZIP code, town or county"),
        help_text=_("For example: 87501, Las Cruces, or Hinds County"),
        max_length=80,
        error_messages={"required": _("Write a ZIP code, a town or a county.")},
    )
    program = forms.ChoiceField(label=_("Program"), required=False)
    language = forms.ChoiceField(label=_("Language you speak"), required=False)

    def __init__(self, *args: Any, program: Program | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if program:
            del self.fields["program"]
        else:
            self._choices("program").choices = [
                ("", _("Any")),
                *(
                    (one.code, f"{one.short_name}, {one.state_name}")
                    for one in programs.all_programs()
                ),
            ]
        others = [choice for choice in Language.choices if choice[0] not in ("en", "other")]
        self._choices("language").choices = [("", _("English")), *others]

    def language_name(self) -> str:
        """Return the language asked for, besides English, in words."""
        code = self.cleaned_data.get("language", "")
        return str(Language(code).label) if code else ""

    def _choices(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field


class OfficeForm(PortalModelForm):
    """What families read about one office."""

    phone = PhoneField(label=_("Phone"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken at the counter, besides English"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[choice for choice in Language.choices if choice[0] not in ("en", "other")],
    )
    reason = REASON

    class Meta:
        model = Office
        fields = [
            "street",
            "city",
            "zip_code",
            "phone",
            "by_appointment_only",
            "access",
            "access_es",
            "note",
            "note_es",
            "languages",
        ]

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class HoursForm(PortalForm):
    """The hours of an ordinary week: up to two stretches a day, and a blank day for closed."""

    reason = REASON

    def __init__(self, *args: Any, office: Office, **kwargs: Any):
        kwargs["initial"] = _typed_hours(office)
        super().__init__(*args, **kwargs)
        for weekday in OpeningHours.Weekday:
            for stretch in STRETCHES:
                for end, label in (("opens", _("opens")), ("closes", _("closes"))):
                    self.fields[f"{end}_{weekday}_{stretch}"] = forms.TimeField(
                        label=f"{weekday.label}, {label}",
                        required=False,
                        input_formats=["%H:%M", "%H:%M:%S", "%I:%M %p"],
                        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
                        error_messages={"invalid": _("Write a time like 08:30 or 17:00.")},
                    )
        self.order_fields([name for name in self.fields if name != "reason"])

    def clean(self) -> dict[str, Any]:
        for weekday in OpeningHours.Weekday:
            ends = None
            for opens_at, closes_at, stretch in self._day(weekday):
                name = f"closes_{weekday}_{stretch}"
                if (opens_at is None) != (closes_at is None):
                    self.add_error(name, _("Give both times, or leave both empty."))
                elif opens_at and closes_at and opens_at >= closes_at:
                    self.add_error(name, _("It closes before it opens. Check the times."))
                elif opens_at and ends and opens_at < ends:
                    self.add_error(name, _("It opens again before it has closed. Check the times."))
                ends = closes_at or ends
        return self.cleaned_data

    def week(self) -> list[tuple[int, time, time]]:
        """Return (weekday, opens at, closes at) of every stretch given."""
        return [
            (weekday.value, opens_at, closes_at)
            for weekday in OpeningHours.Weekday
            for opens_at, closes_at, _stretch in self._day(weekday)
            if opens_at and closes_at
        ]

    def rows(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Return each weekday with its four fields, for the table of the page."""
        return [
            (
                weekday.label,
                [
                    self[f"{end}_{weekday}_{stretch}"]
                    for stretch in STRETCHES
                    for end in ("opens", "closes")
                ],
            )
            for weekday in OpeningHours.Weekday
        ]

    def _day(self, weekday: int) -> list[tuple[time | None, time | None, str]]:
        return [
            (
                self.cleaned_data.get(f"opens_{weekday}_{stretch}"),
                self.cleaned_data.get(f"closes_{weekday}_{stretch}"),
                stretch,
            )
            for stretch in STRETCHES
        ]


def _typed_hours(office: Office) -> dict[str, time]:
    typed: dict[str, time] = {}
    for row in office.hours.all():
        stretch = STRETCHES[f"opens_{row.weekday}_first" in typed]
        typed[f"opens_{row.weekday}_{stretch}"] = row.opens_at
        typed[f"closes_{row.weekday}_{stretch}"] = row.closes_at
    return typed


class ClosureForm(PortalForm):
    """Days on which an office is closed, in the words families read."""

    starts_on = MemorableDateField(label=_("First day closed"))
    ends_on = MemorableDateField(
        label=_("Last day closed"), help_text=_("For one day: the same day.")
    )
    reason = forms.CharField(
        label=_("Reason, in English"),
        help_text=_("As families read it, like “Bad weather”."),
        max_length=150,
    )
    reason_es = forms.CharField(
        label=_("Reason, in Spanish"), help_text=_("Like “Mal tiempo”."), max_length=150
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("starts_on", "ends_on"):
            field = self.fields[name]
            assert isinstance(field, MemorableDateField)
            field.earliest = on

    def clean(self) -> dict[str, Any]:
        starts_on, ends_on = (self.cleaned_data.get(name) for name in ("starts_on", "ends_on"))
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day is before the first. Check the dates."))
        return self.cleaned_data
