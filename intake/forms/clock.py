"""How long an answer may take, and why it takes longer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.ui.forms import PortalForm


class ClockForm(PortalForm):
    """What a worker says about the time to decide."""

    needs_disability_finding = forms.BooleanField(
        label=_("A disability has to be found first. This gives more days."), required=False
    )
    late_because = forms.CharField(
        label=_("Why the answer is late"),
        help_text=_(
            "Needed in the case record when the day is over. It is never a reason for a no."
        ),
        max_length=300,
        required=False,
    )
