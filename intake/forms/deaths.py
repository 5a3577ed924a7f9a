"""Writing down that a child died, and taking it back where it was an error."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.families.models import Child
from cms_portal.ui.fields import MemorableDateField
from cms_portal.ui.forms import PortalForm


class DeathForm(PortalForm):
    """On which day, and who told us."""

    died_on = MemorableDateField(
        label=_("On which day did the child die?"),
        help_text=_("If nobody knows the day, write the day we were told, and say so below."),
    )
    is_day_unknown = forms.BooleanField(
        label=_("The day is not known. This is the day we were told."), required=False
    )
    told_by = forms.CharField(
        label=_("Who told us?"),
        help_text=_("The name, and who they are to the child."),
        max_length=150,
    )

    def __init__(self, *args: Any, child: Child, on: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["died_on"]
        field.earliest, field.latest = child.date_of_birth, on


class DeathInErrorForm(PortalForm):
    """Why it was an error."""

    reason = forms.CharField(
        label=_("Why was it written down in error?"), max_length=500, widget=forms.Textarea
    )
