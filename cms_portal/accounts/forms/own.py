"""Changing what an account says about a person."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.accounts.forms.proofs import PhoneChannelField
from cms_portal.accounts.identifiers import Identifier, Kind
from cms_portal.accounts.models import Channel
from cms_portal.ui.fields import PhoneField
from cms_portal.ui.forms import PortalForm


class NameForm(PortalForm):
    page_question = "name"

    name = forms.CharField(label=_("What is your name?"), max_length=150)


class EmailForm(PortalForm):
    page_question = "email"

    email = forms.EmailField(
        label=_("What is your new email address?"),
        max_length=254,
        widget=forms.EmailInput({"spellcheck": "false"}),
    )

    @property
    def identifier(self) -> Identifier:
        return Identifier(Kind.EMAIL, self.cleaned_data["email"].lower())

    @property
    def channel(self) -> str:
        return Channel.EMAIL


class PhoneForm(PortalForm):
    phone = PhoneField(label=_("What is your new phone number?"))
    channel_wanted = PhoneChannelField(label=_("How should the code come?"))

    @property
    def identifier(self) -> Identifier:
        return Identifier(Kind.PHONE, self.cleaned_data["phone"].as_e164)

    @property
    def channel(self) -> str:
        return self.cleaned_data["channel_wanted"]
