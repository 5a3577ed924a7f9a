"""Leaving the program, or being taken off it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.ui.forms import PortalForm
from intake.models import EndReason


class EndForm(PortalForm):
    """Why a worker ends an enrollment."""

    reason = forms.ChoiceField(
        label=_("Why does it end?"), choices=EndReason.choices, widget=forms.RadioSelect
    )
