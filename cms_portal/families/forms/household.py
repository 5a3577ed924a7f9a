"""What a household says of itself: how to reach an adult, where letters go, what a child is called."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from localflavor.us.forms import USZipCodeField
from localflavor.us.us_states import STATE_CHOICES

from cms_portal.families.models import (
    Address,
    AddressKind,
    Channel,
    Child,
    Ethnicity,
    Guardian,
    InterpreterMode,
    Language,
    Race,
    Sex,
    WrittenLanguage,
)
from cms_portal.ui.fields import MemorableDateField, PhoneField, YesNoField
from cms_portal.ui.forms import PortalForm

NOT_SAID = ("", _("I would rather not say"))


class ContactForm(PortalForm):
    """How an adult is called, spoken to, and safely reached."""

    why = {
        "safe_to_text": _(
            "Somebody else may read your phone. We write only where you say it is safe."
        ),
        "safe_to_leave_voicemail": _("Somebody else may hear your voicemail."),
        "safe_to_mail": _("Somebody else may open your letters."),
    }

    first_name = forms.CharField(label=_("First name"), max_length=80)
    last_name = forms.CharField(label=_("Last name"), max_length=80)
    phone = PhoneField(label=_("Phone number"), required=False)
    email = forms.EmailField(label=_("Email"), required=False)
    preferred_channel = forms.ChoiceField(
        label=_("How should we reach you?"), choices=Channel.choices, widget=forms.RadioSelect
    )
    safe_to_text = YesNoField(label=_("Is it safe to send you text messages?"))
    safe_to_leave_voicemail = YesNoField(label=_("Is it safe to leave a voicemail?"))
    safe_to_mail = YesNoField(label=_("Is it safe to send you letters?"))
    plain_letters = forms.BooleanField(
        label=_("Letters without the name of an illness"),
        help_text=_("Then a letter leaves out what names it. You read all of it in your account."),
        required=False,
    )
    online_only = forms.BooleanField(
        label=_("Letters and decisions online only, no paper"),
        help_text=_("You have a right to paper. Take this back on any day, and paper comes again."),
        required=False,
    )
    best_time_to_call = forms.CharField(
        label=_("Best time to call"),
        max_length=100,
        required=False,
        help_text=_("For example: after 3 in the afternoon"),
    )
    spoken_language = forms.ChoiceField(
        label=_("Which language do you like to speak?"), choices=Language.choices
    )
    written_language = forms.ChoiceField(
        label=_("In which language should our letters be?"),
        choices=WrittenLanguage.choices,
        widget=forms.RadioSelect,
    )
    interpreter_language = forms.ChoiceField(
        label=_("Do you need an interpreter? In which language?"),
        help_text=_("An interpreter is free."),
        choices=[("", _("No interpreter")), *Language.choices],
        required=False,
    )
    interpreter_mode = forms.ChoiceField(
        label=_("How should the interpreter join?"),
        choices=[("", _("No wish")), *InterpreterMode.choices],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        needs = {Channel.EMAIL: "email", Channel.TEXT: "phone", Channel.VOICE: "phone"}
        needed = needs.get(told.get("preferred_channel"))  # type: ignore[arg-type]
        if needed and not told.get(needed) and needed not in self.errors:
            self.add_error(needed, _("We need this to reach you the way you chose."))
        can_hear = told.get("email") or (told.get("phone") and told.get("safe_to_text"))
        if told.get("online_only") and not can_hear and not {"email", "phone"} & set(self.errors):
            self.add_error("online_only", _("Give an email, so that we can tell you of a letter."))
        if told.get("preferred_channel") == Channel.TEXT and told.get("safe_to_text") is False:
            self.add_error(
                "preferred_channel", _("You said text messages are not safe. Choose another way.")
            )
        if not told.get("interpreter_language"):
            told["interpreter_mode"] = ""
        return told

    @classmethod
    def initial_of(cls, guardian: Guardian) -> dict[str, Any]:
        return {name: getattr(guardian, name) for name in cls.base_fields}


class AddressForm(PortalForm):
    """Where a household lives, or where its letters go."""

    kind = forms.ChoiceField(
        label=_("Which address is this?"),
        choices=[
            (AddressKind.HOME.value, AddressKind.HOME.label),
            (AddressKind.MAILING.value, AddressKind.MAILING.label),
        ],
        widget=forms.RadioSelect,
    )
    street = forms.CharField(label=_("Street or PO box"), max_length=150, required=False)
    unit = forms.CharField(label=_("Apartment or unit"), max_length=60, required=False)
    city = forms.CharField(label=_("City or town"), max_length=80)
    state = forms.ChoiceField(label=_("State"), choices=STATE_CHOICES)
    zip_code = USZipCodeField(label=_("ZIP code"))
    directions = forms.CharField(
        label=_("How do we find it?"),
        help_text=_("If there is no street name: the road, the mile, what stands near."),
        max_length=300,
        required=False,
    )

    LINES = ("street", "unit", "city", "state", "zip_code", "directions")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not told.get("street") and not told.get("directions") and not self.errors:
            self.add_error("street", _("Give a street or PO box, or say how to find the place."))
        return told

    @property
    def lines(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.LINES}

    @classmethod
    def initial_of(cls, address: Address | None, state: str) -> dict[str, Any]:
        if address is None:
            return {"state": state}
        return {name: getattr(address, name) for name in ("kind", *cls.LINES)}


class SubstituteAddressForm(PortalForm):
    """Where letters for a household go whose home nobody may know."""

    why = {
        "street": _(
            "We never ask where you live. We only need a place where letters reach you safely."
        )
    }

    street = forms.CharField(
        label=_("PO box, or the street of somebody you trust"), max_length=150, required=False
    )
    city = forms.CharField(label=_("City or town"), max_length=80, required=False)
    state = forms.ChoiceField(label=_("State"), choices=STATE_CHOICES, required=False)
    zip_code = USZipCodeField(label=_("ZIP code"), required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        given = [name for name in ("street", "city", "zip_code") if told.get(name)]
        if 0 < len(given) < len(("street", "city", "zip_code")) and not self.errors:
            self.add_error(None, _("Give the whole address, or leave all of it empty for now."))
        return told

    @property
    def lines(self) -> dict[str, str]:
        return dict(self.cleaned_data) if self.cleaned_data.get("street") else {}


class ChildForm(PortalForm):
    """What a family may say of its child beyond name and birth date; all of it may stay empty."""

    why = {
        "race": _("Only to see that we serve everybody well. It never decides anything."),
        "ethnicity": _("Only to see that we serve everybody well. It never decides anything."),
        "tribe": _("It can open help that a tribe or pueblo offers. It never decides anything."),
    }

    preferred_name = forms.CharField(label=_("Name used at home"), max_length=80, required=False)
    sex = forms.ChoiceField(
        label=_("Sex"), choices=[NOT_SAID, *Sex.choices], widget=forms.RadioSelect, required=False
    )
    race = forms.MultipleChoiceField(
        label=_("Race"),
        help_text=_("Choose all that apply, or none."),
        choices=Race.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    ethnicity = forms.ChoiceField(
        label=_("Ethnicity"),
        choices=[NOT_SAID, *Ethnicity.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    tribe = forms.CharField(label=_("Tribe, nation or pueblo"), max_length=100, required=False)

    @classmethod
    def initial_of(cls, child: Child) -> dict[str, Any]:
        return {name: getattr(child, name) for name in cls.base_fields}


class ChildIdentityForm(ChildForm):
    """The same for staff, who also mend a name or a birth date that was written down wrong."""

    first_name = forms.CharField(label=_("First name"), max_length=80)
    middle_name = forms.CharField(label=_("Middle name"), max_length=80, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=80)
    date_of_birth = MemorableDateField(label=_("Date of birth"))

    field_order = ["first_name", "middle_name", "last_name", "preferred_name", "date_of_birth"]
