"""The forms of letters that somebody asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from localflavor.us.forms import USZipCodeField
from localflavor.us.us_states import STATE_CHOICES

from cms_portal.families.models import WrittenLanguage
from cms_portal.ui.forms import PortalForm
from intake.models import Referral


class ProofForm(PortalForm):
    """In which language the proof is: whoever reads it may not read the family's."""

    language = forms.ChoiceField(
        label=_("In which language should the letter be?"),
        choices=WrittenLanguage.choices,
        widget=forms.RadioSelect,
    )


class ReferralLetterForm(PortalForm):
    """To whom a letter goes that no call has reached."""

    name = forms.CharField(label=_("Name of the parent or guardian"), max_length=120)
    street = forms.CharField(label=_("Street or PO box"), max_length=150)
    city = forms.CharField(label=_("City or town"), max_length=80)
    state = forms.ChoiceField(label=_("State"), choices=STATE_CHOICES)
    zip_code = USZipCodeField(label=_("ZIP code"))
    language = forms.ChoiceField(
        label=_("In which language should the letter be?"),
        choices=WrittenLanguage.choices,
        widget=forms.RadioSelect,
    )

    @property
    def address(self) -> str:
        """The lines that show through the window of the envelope."""
        told = self.cleaned_data
        place = f"{told['city']}, {told['state']} {told['zip_code']}"
        return "\n".join([told["name"], told["street"], place])

    @classmethod
    def initial_of(cls, referral: Referral, state: str) -> dict[str, Any]:
        spoken = referral.spoken_language
        written = spoken if spoken in WrittenLanguage.values else WrittenLanguage.ENGLISH
        return {
            "name": referral.guardian_name,
            "zip_code": referral.zip_code,
            "state": state,
            "language": written,
        }
