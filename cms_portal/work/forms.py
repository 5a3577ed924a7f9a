"""Closing a task."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.ui.forms import PortalForm


class OutcomeForm(PortalForm):
    """What came of a task, in a sentence."""

    outcome = forms.CharField(
        label=_("What came of it?"),
        help_text=_("One sentence, like “Called back, will apply next week.” No medical details."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
