"""What the public writes to a program, and the news that staff write."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.families.models import Language, WrittenLanguage
from cms_portal.offices.models import County
from cms_portal.programs import Program
from cms_portal.ui.fields import PhoneField, YesNoField
from cms_portal.ui.forms import PortalForm, PortalModelForm
from cms_portal.welcome.models import NewsItem

MOST_TEXT = 3000


class ToAnOffice(PortalForm):
    """What everybody tells who wants something of the office of their county."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Your name"), max_length=120)
    county = forms.ModelChoiceField(
        label=_("County"),
        queryset=County.objects.none(),
        empty_label=_("Choose your county"),
    )
    language = forms.ChoiceField(label=_("Language you speak"), choices=Language.choices)

    def __init__(self, *args: Any, program: Program, language: str, **kwargs: Any):
        kwargs["initial"] = {"language": language, "key": uuid.uuid4()}
        super().__init__(*args, **kwargs)
        county = self.fields["county"]
        assert isinstance(county, forms.ModelChoiceField)
        county.queryset = County.objects.filter(program=program.code)

    def clean_key(self) -> uuid.UUID | None:
        """Return the page's key; one that somebody bent is no key."""
        try:
            return uuid.UUID(self.cleaned_data["key"])
        except ValueError:
            return None


class MessageForm(ToAnOffice):
    """A message to a program: who, how to answer, in which language, about what."""

    why = {
        "county": _("So that your message goes to the office that serves you."),
        "language": _("We call with an interpreter if you like. It is free."),
    }

    phone = PhoneField(label=_("Phone"), required=False, help_text=_("With the area code."))
    email = forms.EmailField(
        label=_("Email"),
        required=False,
        help_text=_("Give a phone, an email, or both. We answer there."),
    )
    text = forms.CharField(
        label=_("Your message"),
        help_text=_(
            "Please do not write medical details here. A question like “Can we get help?” is enough."
        ),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    field_order = ("key", "name", "phone", "email", "county", "language", "text")

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if not (typed.get("phone") or typed.get("email") or {"phone", "email"} & set(self.errors)):
            self.add_error("phone", _("Give a phone or an email, so that we can answer."))
        return typed


class CallForm(ToAnOffice):
    """Somebody wants to be called: where, in which language, when, and whether a message is safe."""

    why = {
        "county": _("So that the office that serves you calls."),
        "language": _("We call with an interpreter if you like. It is free."),
        "may_leave_message": _("So that nobody hears of this who should not."),
    }

    phone = PhoneField(label=_("Phone"), help_text=_("With the area code."))
    best_time = forms.CharField(
        label=_("When is a good time to call you?"),
        max_length=100,
        required=False,
        help_text=_("For example: mornings, or after 3 p.m."),
    )
    may_leave_message = YesNoField(
        label=_("Is it safe to leave a message if you miss our call?"),
    )

    field_order = ("key", "name", "phone", "county", "language", "best_time", "may_leave_message")


class SubscribeForm(PortalForm):
    """An address for the news, and the language to send it in."""

    email = forms.EmailField(label=_("Your email"))
    language = forms.ChoiceField(
        label=_("Language of the news"),
        choices=WrittenLanguage.choices,
        widget=forms.RadioSelect,
    )


class NewsForm(PortalModelForm):
    """A news item in both languages."""

    class Meta:
        model = NewsItem
        fields = ["title", "title_es", "text", "text_es"]


class NewNewsForm(NewsForm):
    """A first draft, which says whose news it is."""

    program = forms.ChoiceField(label=_("Program"))
    field_order = ["program"]

    def __init__(self, *args: Any, programs: list[Program], **kwargs: Any):
        super().__init__(*args, **kwargs)
        program = self.fields["program"]
        assert isinstance(program, forms.ChoiceField)
        program.choices = [(one.code, one.short_name) for one in programs]
