"""A time for a call or a visit; and who speaks when an assessment is taken."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.accounts.models import User
from cms_portal.families.models import InterpreterMode, Language
from cms_portal.offices.models import Office
from cms_portal.offices.opening import day_in_words
from cms_portal.ui.forms import PortalForm
from intake import slots
from intake.models import SPOKEN, Channel, Interpreting

NO_INTERPRETER = [("", _("No interpreter"))]


class VisitForm(PortalForm):
    """How, on which day, and at what time. A time that somebody else took is said with those still free."""

    channel = forms.ChoiceField(label=_("How?"), widget=forms.RadioSelect)
    day = forms.ChoiceField(label=_("Day"))
    time = forms.ChoiceField(label=_("Time"))
    interpreter_language = forms.ChoiceField(
        label=_("Interpreter"), choices=[*NO_INTERPRETER, *Language.choices], required=False
    )

    def __init__(
        self,
        *args: Any,
        office: Office,
        worker: User,
        now: datetime,
        asks_interpreter: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.office, self.worker = office, worker
        days = slots.days_open(office, now)
        times = {at for day in days for at in slots.starts_on(office, day, may_guess=True)}
        has_hours = office.hours.exists()
        ways = SPOKEN if has_hours else [Channel.PHONE]
        self.fields["channel"].choices = [(one.value, one.label) for one in ways]
        self.fields["channel"].initial = Channel.PHONE
        self.fields["day"].choices = [(day.isoformat(), day_in_words(day)) for day in days]
        self.fields["time"].choices = [
            (at.isoformat("minutes"), time_format(at)) for at in sorted(times)
        ]
        if not asks_interpreter:
            del self.fields["interpreter_language"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("day") and told.get("time") and told.get("channel"):
            day, at = date.fromisoformat(told["day"]), time.fromisoformat(told["time"])
            told["starts_at"] = slots.moment(programs.get(self.office.program), day, at)
        return told

    def say_what_is_free(self) -> None:
        """Say that the chosen time is taken, and which times of that day are not."""
        day = date.fromisoformat(self.cleaned_data["day"])
        is_call = self.cleaned_data["channel"] == Channel.PHONE
        free = slots.free_on(self.office, self.worker, day, may_guess=is_call)
        if free:
            told = ", ".join(time_format(at) for at in free)
            sentence = _("That time is taken. On this day we are free at: %(times)s.")
            self.add_error("time", sentence % {"times": told})
        else:
            self.add_error("day", _("We have no time left on this day. Choose another."))


class ConversationForm(PortalForm):
    """Who speaks, and through whom."""

    channel = forms.ChoiceField(
        label=_("How?"),
        choices=[(one.value, one.label) for one in SPOKEN],
        widget=forms.RadioSelect,
        initial=Channel.PHONE,
    )
    spoke_with = forms.CharField(label=_("Who is speaking?"), max_length=150)
    interpreting = forms.ChoiceField(
        label=_("Interpreter"),
        choices=Interpreting.choices,
        widget=forms.RadioSelect,
        initial=Interpreting.NOT_NEEDED,
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", "—"), *Language.choices], required=False
    )
    mode = forms.ChoiceField(
        label=_("How the interpreter joins"),
        choices=[("", "—"), *InterpreterMode.choices],
        required=False,
    )
    interpreter = forms.CharField(
        label=_("Interpreter’s name or number"), max_length=80, required=False
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("interpreting") == Interpreting.USED:
            for name in ("language", "mode", "interpreter"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("Fill this in for an interpreter."))
        return told
