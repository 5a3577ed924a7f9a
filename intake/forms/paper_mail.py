"""Taking in what came on paper, and sorting it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms_portal.documents.forms import PapersField, PapersForm
from cms_portal.documents.models import DocumentKind
from cms_portal.offices.models import Office
from cms_portal.ui.fields import MemorableDateField
from cms_portal.ui.forms import PortalForm
from intake.models import Envelope
from intake.page_ranges import in_words, pages_in
from intake.paper_states import CameBy

ASIDE = "aside"
# Nothing lies around for longer; an older date is a slip of the keys.
OLDEST = timedelta(days=365)


class TakeInForm(PapersForm):
    """What came, how and when. `accepted` are the files to keep, `accepted_photos` those of the envelope."""

    says_optional = False
    field_order = ("office", "came_by", "received_on", "postmarked_on", "papers", "photos", "note")

    start_key = forms.UUIDField(widget=forms.HiddenInput)
    office = forms.ModelChoiceField(label=_("Office"), queryset=Office.objects.none())
    came_by = forms.ChoiceField(
        label=_("How it came"),
        choices=CameBy.choices,
        widget=forms.RadioSelect,
        initial=CameBy.MAIL,
    )
    received_on = MemorableDateField(label=_("Day it came to the office"))
    postmarked_on = MemorableDateField(
        label=_("Postmark"),
        help_text=_("Of mail, if you can read it: this day counts for the family."),
        required=False,
    )
    photos = PapersField(
        label=_("Picture of the envelope"),
        help_text=_("If it came in one. It is kept with the pages."),
        required=False,
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, offices: Any, today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.accepted_photos: list[Any] = []
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        if len(offices) == 1:
            self.fields["office"].initial = offices[0].pk
        self.fields["papers"].label = _("Scanned pages")
        self.fields["papers"].error_messages["required"] = _(
            "Add the scan, or photos of the pages."
        )
        for name in ("received_on", "postmarked_on"):
            field: Any = self.fields[name]
            field.earliest, field.latest = today - OLDEST, today
        self.fields["received_on"].initial = today

    def clean_photos(self) -> list[Any]:
        field: Any = self.fields["photos"]
        self.accepted_photos, faults = field.sort(self.cleaned_data["photos"], field.most_files)
        if faults:
            raise ValidationError(faults)
        return self.accepted_photos

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        received_on, postmark = told.get("received_on"), told.get("postmarked_on")
        if postmark and told.get("came_by") != CameBy.MAIL:
            self.add_error("postmarked_on", _("Only mail has a postmark. Leave it empty."))
        elif postmark and received_on and postmark > received_on:
            self.add_error("postmarked_on", _("The postmark cannot be after the day it came."))
        return told

    @property
    def only_files_are_at_fault(self) -> bool:
        """Whether some files were good and all else is: then those are kept, and the faults said."""
        return bool(self.accepted) and not set(self.errors) - {"papers", "photos"}


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
        self.fields["target"].choices = [  # type: ignore[attr-defined]
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
        self.fields["office"].queryset = Office.objects.filter(  # type: ignore[attr-defined]
            program=envelope.program, serves_program=True
        ).exclude(pk=envelope.office_id)
