"""Sorting what came on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.documents.models import DocumentKind
from cms_portal.offices.models import Office
from cms_portal.ui.forms import PortalForm
from intake.models import Envelope
from intake.page_ranges import in_words, pages_in

ASIDE = "aside"


class SortForm(PortalForm):
    """Which pages, whose they are, and what they show."""

    says_optional = False

    pages = forms.CharField(
        label=_("Pages"),
        max_length=200,
        help_text=_("One paper at a time, for example 1-3, 5."),
        error_messages={"required": _("Write which pages belong together, like 1-3, 5.")},
    )
    look_for = forms.CharField(
        label=_("Whose is it?"),
        help_text=_(
            "Name of the child or a parent, birth date, number, or the code of a cover sheet."
        ),
        max_length=120,
        required=False,
    )
    target = forms.ChoiceField(
        label=_("Where it goes"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose where the pages go, or look for the child first."),
            "invalid_choice": _("Choose where the pages go, or look for the child first."),
        },
    )
    kind = forms.ChoiceField(
        label=_("What does the paper show?"),
        help_text=_("Leave it open if it was asked for."),
        choices=[("", _("What was asked for")), *DocumentKind.choices],
        required=False,
    )

    def __init__(
        self, *args: Any, free: Mapping[int, int], among: int, choices: list[Any], **kwargs: Any
    ):
        """`free` are the keys of the pages still to sort, by their number among all of them."""
        super().__init__(*args, **kwargs)
        self.free, self.among = free, among
        self.fields["pages"].initial = in_words(free)
        aside = (ASIDE, _("Nothing is written on it: an empty page, or a bare cover sheet"))
        self.fields["target"].choices = [
            *choices,
            (_("Nobody’s paper"), [aside]),
        ]

    def clean_pages(self) -> list[int]:
        named = pages_in(self.cleaned_data["pages"], among=self.among, free=self.free)
        return [self.free[number] for number in named]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        target = told.get("target", "")
        if (
            target
            and target != ASIDE
            and not target.startswith("request-")
            and not told.get("kind")
        ):
            self.add_error("kind", _("Choose what the paper shows."))
        return told


class NoteForm(PortalForm):
    """Why nobody was found."""

    note = forms.CharField(label=_("What did you look for?"), max_length=300)


class NotForUsForm(PortalForm):
    """What became of what is not for us."""

    note = forms.CharField(label=_("What is it, and where did the paper go?"), max_length=300)


class GiveOnForm(PortalForm):
    """Which office sorts it from now on."""

    page_question = "office"
    office = forms.ModelChoiceField(
        label=_("Which office shall sort it?"), queryset=Office.objects.none()
    )

    def __init__(self, *args: Any, envelope: Envelope, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = Office.objects.filter(
            program=envelope.program, serves_program=True
        ).exclude(pk=envelope.office_id)
