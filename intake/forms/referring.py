"""What anybody who refers a child tells on one page."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms_portal.families.models import Channel, Language
from cms_portal.offices.models import County
from cms_portal.programs import Program
from cms_portal.ui.fields import MemorableDateField, PhoneField, ZipCodeField
from cms_portal.ui.forms import PortalForm
from intake.referral_words import (
    NEWBORN_REASONS,
    NEWBORN_SOURCES,
    Calling,
    Reason,
    Source,
    agreement,
)
from intake.urgency import Urgency

OLDEST = 99
UNKNOWN = ("", _("I do not know"))
CAN_WAIT = ("", pgettext_lazy("referral", "Nothing of these. A few days are fine"))
NO_NEWS = ("", pgettext_lazy("referral", "No. I keep the page with the number"))


class ReferForm(PortalForm):
    """The child, the family, why, who refers, and the family's yes."""

    sources: ClassVar[list[Source]] = [s for s in Source if s not in NEWBORN_SOURCES]
    reasons_shown: ClassVar[list[Reason]] = [r for r in Reason if r not in NEWBORN_REASONS]
    urgencies: ClassVar[list[Urgency]] = list(Urgency)
    must_agree: ClassVar[bool] = True

    start_key = forms.UUIDField(widget=forms.HiddenInput)

    source = forms.ChoiceField(label=_("You are…"))
    referrer_name = forms.CharField(label=_("Your name"), max_length=120)
    organization = forms.CharField(
        label=_("Your school, clinic or program"), max_length=150, required=False
    )
    referrer_phone = PhoneField(label=_("Your phone"), required=False)
    referrer_email = forms.EmailField(
        label=_("Your email"), required=False, help_text=_("Give a phone, an email, or both.")
    )
    news_by = forms.ChoiceField(
        label=_("Shall we write to you when there is news?"),
        help_text=_("It says only that there is news, and where to read it."),
        widget=forms.RadioSelect,
        required=False,
    )

    first_name = forms.CharField(label=_("Child’s first name"), max_length=80)
    last_name = forms.CharField(label=_("Child’s last name"), max_length=80)
    born_on = MemorableDateField(label=_("Child’s date of birth"), required=False)
    age = forms.IntegerField(
        label=_("If you do not know the date: age in years"),
        min_value=0,
        max_value=OLDEST,
        required=False,
    )

    guardian_name = forms.CharField(
        label=_("Name of a parent or guardian"), max_length=120, required=False
    )
    phone = PhoneField(label=_("Their phone"), required=False)
    other_phone = PhoneField(label=_("Another phone of theirs"), required=False)
    other_way = forms.CharField(
        label=_("Without a phone: how can we reach them?"), max_length=200, required=False
    )
    calling = forms.ChoiceField(
        label=_("Is it safe to call them?"), choices=Calling.choices, widget=forms.RadioSelect
    )
    spoken_language = forms.ChoiceField(
        label=_("Language they speak"), choices=[UNKNOWN, *Language.choices], required=False
    )
    county = forms.ModelChoiceField(
        label=_("County where they live"),
        queryset=County.objects.none(),
        empty_label=UNKNOWN[1],
        required=False,
    )
    zip_code = ZipCodeField(label=_("ZIP code, if you know it"), required=False)

    reasons = forms.MultipleChoiceField(
        label=_("Why? Mark all that fit"), widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=_("In a few words"),
        help_text=_("Only what the family wants us to know."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    urgency = forms.ChoiceField(
        label=_("Is it one of these? Then a person calls the same working day"),
        widget=forms.RadioSelect,
        required=False,
    )

    agrees = forms.BooleanField(label=_("Yes, the family agrees"))
    agreed_by = forms.CharField(
        label=_("Who of the family agreed?"), max_length=120, required=False
    )
    agreed_on = MemorableDateField(label=_("On which day?"), required=False)
    may_tell_referrer = forms.BooleanField(
        label=_("The family also agrees that you may learn what became of it"), required=False
    )

    parts: ClassVar[list[tuple[Any, list[str]]]] = [
        (
            _("About you"),
            [
                "source",
                "referrer_name",
                "organization",
                "referrer_phone",
                "referrer_email",
                "news_by",
            ],
        ),
        (_("The child"), ["first_name", "last_name", "born_on", "age"]),
        (
            _("The family"),
            [
                "guardian_name",
                "phone",
                "other_phone",
                "other_way",
                "calling",
                "spoken_language",
                "county",
                "zip_code",
            ],
        ),
        (pgettext_lazy("referral", "Why we should call"), ["reasons", "words", "urgency"]),
    ]
    consent: ClassVar[list[str]] = ["agrees", "agreed_by", "agreed_on", "may_tell_referrer"]

    def __init__(self, *args: Any, program: Program, language: str, on: date, **kwargs: Any):
        kwargs["initial"] = {
            "start_key": uuid.uuid4(),
            "calling": Calling.UNSURE,
            "urgency": "",
            "news_by": "",
            "agreed_on": on,
        }
        super().__init__(*args, **kwargs)
        self.program, self.language, self.on = program, language, on
        self._offer("source", [("", _("Choose who you are")), *_pairs(self.sources)])
        self._offer("reasons", _pairs(self.reasons_shown))
        self._offer("urgency", [CAN_WAIT, *_pairs(self.urgencies)])
        self._offer("news_by", [NO_NEWS, *_ways()])
        for name in ("born_on", "agreed_on"):
            if name in self.fields:
                self.fields[name].latest = on
        county = self.fields["county"]
        assert isinstance(county, forms.ModelChoiceField)
        county.queryset = County.objects.filter(program=program.code)

    def _offer(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices

    @property
    def shown_parts(self) -> list[tuple[Any, list[Any]]]:
        """The parts of the page, each a heading and its questions."""
        return [
            (title, [self[name] for name in names if name in self.fields])
            for title, names in self.parts
        ]

    @property
    def shown_consent(self) -> list[Any]:
        return [self[name] for name in self.consent]

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("source") == Source.FAMILY:
            self._fill_in_the_family(told)
        self._ask_for_one_of(
            ("referrer_phone", "referrer_email"), _("Give a phone or an email of yours.")
        )
        self._ask_for_one_of(("born_on", "age"), _("Give the date of birth, or about how old."))
        self._ask_for_one_of(
            ("phone", "other_phone", "other_way"),
            _("Give a phone of the family, or another way to reach them."),
        )
        self._check_news(told)
        self._check_agreement(told)
        return told

    def _fill_in_the_family(self, told: dict[str, Any]) -> None:
        """Who refers their own child need not write their name and phone twice."""
        told["guardian_name"] = told.get("guardian_name") or told.get("referrer_name", "")
        told["phone"] = told.get("phone") or told.get("referrer_phone", "")
        told["agreed_by"] = told.get("agreed_by") or told.get("referrer_name", "")

    def _ask_for_one_of(self, names: tuple[str, ...], sentence: Any) -> None:
        given = any(self.cleaned_data.get(name) not in (None, "") for name in names)
        if not given and not set(names) & set(self.errors):
            self.add_error(next(name for name in names if name in self.fields), sentence)

    def _check_news(self, told: dict[str, Any]) -> None:
        needs = {Channel.EMAIL: "referrer_email", Channel.TEXT: "referrer_phone"}
        name = needs.get(told.get("news_by", ""))
        if name and not told.get(name) and name not in self.errors:
            self.add_error(name, _("We need this to write to you."))

    def _check_agreement(self, told: dict[str, Any]) -> None:
        if not told.get("agrees"):
            return
        for name, sentence in (
            ("agreed_by", _("Write who of the family agreed.")),
            ("agreed_on", _("Give the day on which the family agreed.")),
        ):
            if not told.get(name) and name not in self.errors:
                self.add_error(name, sentence)

    def facts(self) -> dict[str, Any]:
        """Return what a referral keeps: without a yes, nothing of a yes."""
        told = dict(self.cleaned_data)
        agrees = told.pop("agrees", False)
        del told["start_key"]
        told["language"] = self.language
        told["agreed_words"] = agreement(self.program) if agrees else ""
        if not agrees:
            told |= {"agreed_by": "", "agreed_on": None, "may_tell_referrer": False}
        return told


class NewbornReferForm(ReferForm):
    """The same for a newborn program: its results, and the family's yes where it was asked."""

    sources = NEWBORN_SOURCES
    reasons_shown = [*NEWBORN_REASONS, Reason.OTHER]
    urgencies = [Urgency.NEWBORN_RESULT, Urgency.GOING_HOME, Urgency.OUT_OF_MEDICINE]
    must_agree = False

    age = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["born_on"].required = True
        self.fields["agrees"].required = False


class NumberForm(PortalForm):
    """Another phone of the family, from whoever holds the receipt."""

    phone = PhoneField(label=_("Another phone of the family"))


def _pairs(choices: Any) -> list[tuple[str, Any]]:
    return [(one.value, one.label) for one in choices]


def _ways() -> list[tuple[str, Any]]:
    by_mail = (Channel.EMAIL.value, _("Yes, by email"))
    by_text = (Channel.TEXT.value, _("Yes, by text message"))
    return [by_mail, by_text] if settings.PHONE_SENDER else [by_mail]
