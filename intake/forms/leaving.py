"""Leaving the program, or being taken off it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.ui.forms import PortalForm
from intake.models import EndReason


class EndForm(PortalForm):
    """Why a worker ends an enrollment; that no service fits any more is a decision, and no choice here."""

    reason = forms.ChoiceField(
        label=_("Why does it end?"),
        choices=[one for one in EndReason.choices if one[0] != EndReason.NOT_ELIGIBLE],
        widget=forms.RadioSelect,
    )
