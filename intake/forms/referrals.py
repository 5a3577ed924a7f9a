"""What staff write down about a referral, and about a caller who only asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms_portal.families.models import Child, Language
from cms_portal.offices.models import County, Office
from cms_portal.ui.forms import PortalForm
from intake.models import ContactChannel, ContactOutcome, InformationTopic, Referral
from intake.referral_states import CloseReason

CHOOSE = ("", pgettext_lazy("choice", "Choose"))


class AttemptForm(PortalForm):
    """A try to reach the family, in one line."""

    says_optional = False
    channel = forms.ChoiceField(label=_("How"), choices=[CHOOSE, *ContactChannel.choices])
    outcome = forms.ChoiceField(
        label=_("What came of it"), choices=[CHOOSE, *ContactOutcome.choices]
    )
    reached = forms.CharField(label=_("Who was reached"), max_length=120, required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("outcome") == ContactOutcome.REACHED and not told.get("reached"):
            self.add_error("reached", _("Write with whom you spoke."))
        return told


class OfficeForm(PortalForm):
    """Which office of the program works on it from now on."""

    page_question = "office"
    office = forms.ModelChoiceField(
        label=_("Which office shall work on it?"),
        queryset=Office.objects.none(),
        empty_label=CHOOSE[1],
    )

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any):
        super().__init__(*args, **kwargs)
        office = self.fields["office"]
        assert isinstance(office, forms.ModelChoiceField)
        office.queryset = (
            Office.objects.open_to_families()
            .filter(program=referral.program)
            .exclude(pk=referral.office_id)
        )


class PassOnForm(PortalForm):
    """Who helps instead of us."""

    to = forms.CharField(
        label=_("To whom did you pass it on?"),
        help_text=_("The program or office, not the name of the child."),
        max_length=150,
    )


class CloseForm(PortalForm):
    """Why nobody works on it any more."""

    reason = forms.ChoiceField(
        label=_("Why do you close it?"), choices=CloseReason.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(label=_("More on why"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("reason") == CloseReason.OTHER and not told.get("words"):
            self.add_error("words", _("Write why, in a few words."))
        return told


class LookForm(PortalForm):
    """For whom a worker looks, of whom a referral may be about."""

    look_for = forms.CharField(
        label=_("Look for the child"),
        help_text=_(
            "Name of the child or a parent, birth date, or number of an application. "
            "If a name may be written another way, write a part of it."
        ),
        max_length=120,
        error_messages={"required": _("Write a name, a birth date or a number.")},
    )


class SameChildForm(PortalForm):
    """Which child of ours the referral is about; `looked_for` is how some were found."""

    look_for = forms.CharField(widget=forms.HiddenInput, max_length=120, required=False)
    child = forms.ChoiceField(
        label=_("Which child is it?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the child, or look for it first."),
            "invalid_choice": _("Choose the child, or look for it first."),
        },
    )

    def __init__(self, *args: Any, children: list[Child], looked_for: str, **kwargs: Any):
        super().__init__(*args, initial={"look_for": looked_for}, **kwargs)
        # The page's other form has a field of this name.
        self.fields["look_for"].widget.attrs["id"] = "id_looked_for"
        self.fields["child"].choices = [
            (str(child.pk), f"{child.full_name}, {child.date_of_birth:%m/%d/%Y}")
            for child in children
        ]


class JoinForm(PortalForm):
    """To which referral about the same child this one belongs."""

    page_question = "to"
    to = forms.ChoiceField(
        label=_("Which referral is about the same child?"), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, others: list[Referral], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [
            (other.number, f"{other.full_name}, {other.number}") for other in others
        ]


class InformationForm(PortalForm):
    """One caller who only asked: about what, from where, in which language."""

    says_optional = False
    topic = forms.ChoiceField(label=_("About what"), choices=[CHOOSE, *InformationTopic.choices])
    spoken_language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    county = forms.ModelChoiceField(
        label=_("County"),
        queryset=County.objects.none(),
        empty_label=_("Not asked"),
        required=False,
    )

    def __init__(self, *args: Any, program: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        county = self.fields["county"]
        assert isinstance(county, forms.ModelChoiceField)
        county.queryset = County.objects.filter(program=program)
