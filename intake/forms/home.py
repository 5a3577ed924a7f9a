"""Where the family lives, and how it is reached and spoken to."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.families.models import Channel, InterpreterMode, Language, WrittenLanguage
from cms_portal.offices import places
from cms_portal.offices.finder import in_another_state
from cms_portal.offices.models import County
from cms_portal.offices.places import Place
from cms_portal.ui.fields import (
    MemorableDateField,
    PhoneField,
    YesNoField,
    YesNoUnsureField,
    ZipCodeField,
    choice,
)
from cms_portal.ui.forms import PortalForm
from intake.forms.asking import AboutChildForm
from intake.models.words import SentBy

# Longer than this away, the care coordinator is to be told (7.30.3.10 NMAC).
MOST_DAYS_AWAY_UNTOLD = 30


class ResidenceForm(AboutChildForm):
    why: ClassVar = {
        "lives_in_state": _(
            "Each state has a program of its own. You do not need a street address."
        ),
    }
    lives_in_state = YesNoField(label=_("Does {child} live in {state} now?"))
    intends_to_stay = YesNoUnsureField(label=_("Do you plan to stay in {state}?"))


class LivesInStateForm(AboutChildForm):
    page_question = "lives_in_state"
    lives_in_state = YesNoField(label=_("Does {child} live in {state} now?"))


class AwayForm(AboutChildForm):
    page_question = "was_away"
    why: ClassVar = {
        "was_away": _("A trip does not end your help. If it was long, we only ask about it."),
    }
    was_away = YesNoField(
        label=_("Has {child} been away from {state} for more than 30 days in a row this past year?")
    )


class AwayDetailsForm(AboutChildForm):
    away_from = MemorableDateField(label=_("When did {child} leave?"))
    away_until = MemorableDateField(
        label=_("When did {child} come back?"),
        required=False,
        help_text=_("Leave it empty if {child} is still away."),
    )
    away_purpose = forms.CharField(
        label=_("What was the reason?"),
        max_length=200,
        required=False,
        help_text=_("Like “care in a hospital” or “visiting family”."),
    )
    told_coordinator = YesNoUnsureField(
        label=_("Did you tell a care coordinator that you would come back?"), required=False
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.on = on
        for name in ("away_from", "away_until"):
            self.fields[name].latest = on

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        left = answers.get("away_from")
        if left and "away_until" not in self.errors:
            answers["away_days"] = ((answers.get("away_until") or self.on) - left).days
            if answers["away_days"] <= MOST_DAYS_AWAY_UNTOLD:
                self.add_error("away_until", _("That is 30 days or less. Check both dates."))
        return answers


class AddressForm(PortalForm):
    why: ClassVar = {"county": _("Your county tells us which office helps you.")}
    county = forms.ModelChoiceField(
        label=_("County where you live"), queryset=County.objects.none(), empty_label=_("Choose")
    )
    street = forms.CharField(
        label=_("Street and apartment, or PO box"),
        max_length=150,
        required=False,
        help_text=_("Where letters reach you. A PO box or a friend’s address is fine."),
    )
    city = forms.CharField(label=_("City or town"), max_length=80, required=False)
    zip_code = ZipCodeField(label=_("ZIP code"), required=False)
    goes_elsewhere = forms.BooleanField(
        label=_("Yes, our letters go to another state"), required=False
    )

    def __init__(self, *args: Any, counties: Any, state: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["county"].queryset = counties
        self.elsewhere = self._elsewhere(state)
        if self.elsewhere is None:
            del self.fields["goes_elsewhere"]

    def _elsewhere(self, state: str) -> Place | None:
        """Return where the letters go, if the ZIP code typed or kept is in another state."""
        kept = self.initial.get("zip_code")
        typed = self.data.get(self.add_prefix("zip_code")) if self.is_bound else kept
        place = places.of_zip_in(typed)
        return place if place and place.state != state else None

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if self.elsewhere and not answers.pop("goes_elsewhere", False):
            problem = in_another_state(self.elsewhere).problem
            advice = _("If only your letters go there, say so below.")
            self.add_error("zip_code", f"{problem} {advice}")
        return answers


class SentByForm(PortalForm):
    page_question = "sent_by"
    sent_by = choice(_("Who told you about this program?"), SentBy.choices, required=False)


class ContactForm(PortalForm):
    phone = PhoneField(label=_("Phone"), required=False)
    email = forms.EmailField(label=_("Email"), required=False)
    preferred_channel = choice(
        _("How should we reach you?"),
        [c for c in Channel.choices if c[0] != Channel.VOICE],
        unsure=False,
    )
    safe_to_text = YesNoField(
        label=_("Is it safe to send you text messages?"),
        help_text=_("Say no if someone else reads your phone."),
    )
    safe_to_leave_voicemail = YesNoField(
        label=_("Is it safe to leave a message if you miss our call?")
    )

    best_time_to_call = forms.CharField(
        label=_("When is a good time to call you?"), max_length=100, required=False
    )
    electronic_notices = YesNoField(
        label=_("May our letters and decisions come online only, here in your account?"),
        help_text=_("If you leave this open, they also come on paper."),
        required=False,
    )
    why: ClassVar = {
        "safe_to_text": _("So that nobody reads about this who should not."),
        "electronic_notices": _(
            "You have a right to paper, and it is free. A yes covers letters about this application "
            "and your services. You can take it back here or by phone on any day, and then paper "
            "comes again. To read them you need a phone or computer that opens this page and PDF "
            "files. Keep your email and phone right, so that we can tell you when one comes."
        ),
    }

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        channel = answers.get("preferred_channel")
        if channel == Channel.TEXT and not answers.get("phone"):
            self.add_error("phone", _("To get text messages, write your phone number."))
        if channel == Channel.TEXT and answers.get("safe_to_text") is False:
            self.add_error(
                "preferred_channel", _("Choose another way, if texts are not safe for you.")
            )
        if channel == Channel.EMAIL and not answers.get("email"):
            self.add_error("email", _("To get email, write your email address."))
        return answers


class LanguageForm(PortalForm):
    spoken_language = forms.ChoiceField(
        label=_("Language you speak best"), choices=Language.choices
    )
    written_language = choice(_("Language of our letters"), WrittenLanguage.choices, unsure=False)
    needs_interpreter = YesNoField(
        label=_("Do you want an interpreter when we talk?"), help_text=_("It is free.")
    )
    interpreter_mode = forms.ChoiceField(
        label=_("If yes: how?"),
        choices=[("", _("No preference")), *InterpreterMode.choices],
        required=False,
    )
