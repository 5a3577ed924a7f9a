"""Letting somebody help, and the code by which they begin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.accounts import identifiers
from cms_portal.accounts.identifiers import Identifier
from cms_portal.ui.forms import PortalForm

# How long a family may let somebody help before it is asked anew, in days.
HOW_LONG = [
    ("14", _("2 weeks")),
    ("30", _("1 month")),
    ("90", _("3 months")),
]


class InviteForm(PortalForm):
    """Who is to help, and for how long."""

    name = forms.CharField(
        label=_("Who do you want to help you?"),
        max_length=80,
        help_text=_("The name you call them by."),
    )
    contact = forms.CharField(
        label=_("Their email or mobile phone"),
        max_length=254,
        required=False,
        help_text=_(
            "If they sign in here with it, they find your invitation on their own page."
            " We write nothing to it."
        ),
    )
    days = forms.ChoiceField(
        label=_("For how long?"), choices=HOW_LONG, initial="30", widget=forms.RadioSelect
    )
    agrees = forms.BooleanField(label=_("I have read what they will see, and I want their help."))

    def clean_contact(self) -> Identifier | None:
        typed = self.cleaned_data["contact"].strip()
        if not typed:
            return None
        read = identifiers.read(typed)
        if not read.can_be_written_to:
            raise forms.ValidationError(
                _("Write an email like name@example.com, or a phone number with its area code.")
            )
        return read

    def clean_days(self) -> int:
        return int(self.cleaned_data["days"])


class HelpCodeForm(PortalForm):
    """The code that a family handed over."""

    code = forms.CharField(
        label=_("Code"),
        max_length=80,
        help_text=_("26 letters and numbers. Spaces and capital letters do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def opens_nothing(self) -> Any:
        """Say that the code is not one, in the words for every reason."""
        self.add_error("code", _("This code does not work. Check it, or ask for a new one."))
        return self
