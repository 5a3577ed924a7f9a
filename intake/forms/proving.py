"""What a paper proves, and until when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cms_portal.ui.fields import MemorableDateField
from cms_portal.ui.forms import PortalForm
from intake.evidence import months_valid, usual_last_day
from intake.models import Requirement


class ProofForm(PortalForm):
    """One requirement; without a day the program's usual time counts."""

    requirement = forms.ChoiceField(
        label=_("What does this paper prove?"), widget=forms.RadioSelect
    )
    valid_until = MemorableDateField(
        label=_("Until which day does it serve?"),
        required=False,
        help_text=_("Leave it empty for the usual time, shown beside each."),
    )

    def __init__(
        self, *args: Any, program: str, offered: list[Requirement], on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.program, self.on = program, on
        self.fields["requirement"].choices = [
            (one.value, f"{one.label} ({_usual(program, one)})") for one in offered
        ]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        day = told.get("valid_until")
        if day is not None and day < self.on:
            self.add_error("valid_until", _("This day is over. Then it proves nothing now."))
        if day is None and "valid_until" not in self.errors and told.get("requirement"):
            told["valid_until"] = usual_last_day(self.program, told["requirement"], self.on)
        return told


def _usual(program: str, requirement: Requirement) -> str:
    months = months_valid(program, requirement)
    if months is None:
        return str(_("does not change"))
    return ngettext("{months} month", "{months} months", months).format(months=months)
