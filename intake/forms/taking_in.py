"""Taking in what came on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cms_portal.documents.forms import PapersField, PapersForm
from cms_portal.documents.holding import Held
from cms_portal.offices.models import Office
from cms_portal.ui.fields import MemorableDateField
from intake.paper_states import CameBy

# Nothing lies around for longer; an older date is a slip of the keys.
OLDEST = timedelta(days=365)


@dataclass
class Waiting:
    """The files that wait for this form since an earlier try: of the pages, and of the envelope."""

    papers: list[Held] = field(default_factory=list)
    photos: list[Held] = field(default_factory=list)

    @property
    def all(self) -> list[Held]:
        return [*self.papers, *self.photos]

    def in_words(self) -> Iterator[tuple[str, Held]]:
        for one in self.papers:
            yield one.name, one
        for one in self.photos:
            yield _now("%(name)s, picture of the envelope") % {"name": one.name}, one


class TakeInForm(PapersForm):
    """What came, how and when. `accepted` are the files to keep, `accepted_photos` those of the envelope."""

    says_optional = False
    field_order = (
        "office",
        "came_by",
        "received_on",
        "postmarked_on",
        "papers",
        "photos",
        "held",
        "note",
    )

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
    held = forms.MultipleChoiceField(
        label=_("Files that are here already"),
        help_text=_("You need not choose them again. Take the mark away from one that is wrong."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, offices: Any, today: date, waiting: Waiting, **kwargs: Any):
        """`waiting` are the files of an earlier try."""
        super().__init__(*args, already=len(waiting.papers), **kwargs)
        self.waiting = waiting
        self.accepted_photos: list[Any] = []
        self.held_field = self.fields.pop("held")
        self.show_held(waiting)
        self.fields["office"].queryset = offices
        if len(offices) == 1:
            self.fields["office"].initial = offices[0].pk
        self.fields["papers"].label = _("Scanned pages")
        self.fields["papers"].error_messages["required"] = _(
            "Add the scan, or photos of the pages."
        )
        self.fields["papers"].required = not waiting.papers
        for name in ("received_on", "postmarked_on"):
            field = self.fields[name]
            field.earliest, field.latest = today - OLDEST, today
        self.fields["received_on"].initial = today

    def show_held(self, waiting: Waiting) -> None:
        """Show what waits here, each file marked to be taken in."""
        self.waiting = waiting
        if not waiting.all:
            return
        held: Any = self.held_field
        held.choices = [(one.receipt, words) for words, one in waiting.in_words()]
        held.initial = [one.receipt for one in waiting.all]
        self.fields["held"] = held
        self.order_fields(self.field_order)
        if self.is_bound:
            typed: Any = self.data
            self.data = typed = typed.copy()
            typed.setlist("held", held.initial)

    def clean_photos(self) -> list[Any]:
        field = self.fields["photos"]
        room = field.most_files - len(self.waiting.photos)
        self.accepted_photos, faults = field.sort(self.cleaned_data["photos"], room)
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
    def still_waiting(self) -> list[Held]:
        """What waits of the pages, without what was chosen again."""
        return _without(self.waiting.papers, self.accepted)

    @property
    def photos_still_waiting(self) -> list[Held]:
        return _without(self.waiting.photos, self.accepted_photos)

    @property
    def only_files_are_at_fault(self) -> bool:
        """Whether some files were good and all else is: then those are kept, and the faults said."""
        return bool(self.accepted or self.waiting.papers) and not set(self.errors) - {
            "papers",
            "photos",
        }


def _without(waiting: list[Held], chosen: list[Any]) -> list[Held]:
    again = {(file.name, file.size) for file in chosen}
    return [held for held in waiting if (held.name, held.stored.size) not in again]
