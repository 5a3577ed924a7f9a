"""What staff state before they give somebody a card."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.accounts.models import HowIdentified
from cms_portal.offices.models import Office
from cms_portal.ui.forms import PortalForm


class IdentifiedForm(PortalForm):
    """How staff know who stands there, and at which office."""

    why = {
        "identified_by": _(
            "A card opens the account. Never give one to somebody who only knows a phone number or "
            "a birth date: a relative knows both."
        )
    }

    identified_by = forms.ChoiceField(
        label=_("How do you know who this is?"), choices=HowIdentified, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("For example what kind of ID. Not its number."),
        max_length=300,
        required=False,
    )
    office = forms.TypedChoiceField(label=_("At which office?"))

    def __init__(self, *args: Any, offices: Iterable[Office], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.offices = {str(office.pk): office for office in offices}
        choices = [(key, office.name) for key, office in self.offices.items()]
        self.fields["office"] = forms.ChoiceField(label=_("At which office?"), choices=choices)
        if len(choices) == 1:
            self.fields["office"].initial = choices[0][0]

    def clean_office(self) -> Office:
        return self.offices[self.cleaned_data["office"]]


class NewPersonForm(IdentifiedForm):
    """A person who has no account yet."""

    name = forms.CharField(label=_("Their first and last name"), max_length=150)
    language = forms.ChoiceField(
        label=_("Which language do they read?"),
        choices=[("en", _("English")), ("es", _("Spanish"))],
        widget=forms.RadioSelect,
    )
    field_order = ["name", "language", "identified_by", "note", "office"]


class GuardianForm(IdentifiedForm):
    """An adult whose record is here, perhaps with an account already."""

    pin_is_forgotten = forms.BooleanField(
        label=_("They also forgot their PIN"),
        help_text=_("The old PIN ends. They choose a new one with the card."),
        required=False,
    )
    field_order = ["identified_by", "note", "office", "pin_is_forgotten"]

    def __init__(self, *args: Any, has_pin: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not has_pin:
            del self.fields["pin_is_forgotten"]


class FindForm(PortalForm):
    name = forms.CharField(label=_("Name of the parent or guardian"), max_length=100)
