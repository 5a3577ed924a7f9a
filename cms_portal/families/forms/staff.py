"""What staff record about a child: who may do what, who is kept away, who serves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.families.models import CUSTODY, AssignmentKind, AuthorityKind
from cms_portal.families.rights import RIGHTS
from cms_portal.ui.fields import MemorableDateField, PhoneField, YesNoField
from cms_portal.ui.forms import PortalForm

# Recorded by other steps: custody with its placement, and what a grown child grants.
NOT_BY_HAND = {*CUSTODY, AuthorityKind.BY_YOUTHS_GRANT}
RIGHT_WORDS = {
    "may_see": _("sees this page"),
    "may_apply": _("applies and answers questions"),
    "may_sign": _("signs and consents"),
    "may_agree": _("agrees to a plan of care"),
    "may_see_sensitive": _("sees what is kept private"),
}


class _WithChoices(PortalForm):
    """A form whose choices are rows: the view has asked a policy for them."""

    def choose(self, name: str, rows: Iterable[Any], none: Any = None) -> None:
        field = self.fields[name]
        self._rows = getattr(self, "_rows", {}) | {name: {str(row.pk): row for row in rows}}
        choices = [(key, str(row)) for key, row in self._rows[name].items()]
        field.choices = [("", none), *choices] if none is not None else choices

    def chosen(self, name: str) -> Any:
        """Return the row that was chosen, or None."""
        return self._rows[name].get(self.cleaned_data[name])


class AuthorityForm(_WithChoices):
    """What an adult may do for the child, by which paper."""

    guardian = forms.ChoiceField(label=_("Who"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=_("Kind of authority"),
        choices=[(k.value, k.label) for k in AuthorityKind if k not in NOT_BY_HAND],
    )
    starts_on = MemorableDateField(label=_("Starts on"))
    paper = forms.ChoiceField(label=_("Paper"), required=False)
    paper_ends_on = MemorableDateField(
        label=_("Paper ends on"), required=False, help_text=_("Leave empty if it has no end.")
    )
    without = forms.MultipleChoiceField(
        label=_("What the paper takes away"),
        help_text=_("Leave all empty if it takes nothing away."),
        choices=[(right, RIGHT_WORDS[right]) for right in RIGHTS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(label=_("Why"), max_length=300)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        starts, ends = told.get("starts_on"), told.get("paper_ends_on")
        if starts and ends and ends <= starts:
            self.add_error("paper_ends_on", _("The paper ends before it begins."))
        return told


class BlockForm(_WithChoices):
    """Who is kept away from the child's record, and why."""

    guardian = forms.ChoiceField(label=_("Who is kept away"), widget=forms.RadioSelect)
    starts_on = MemorableDateField(label=_("Starts on"))
    ends_on = MemorableDateField(
        label=_("Until"), required=False, help_text=_("Leave empty if no end is known.")
    )
    paper = forms.ChoiceField(label=_("Paper"), required=False)
    reason = forms.CharField(label=_("Why"), max_length=300)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        starts, ends = told.get("starts_on"), told.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", _("The end comes before the beginning."))
        return told


class AssignForm(_WithChoices):
    """Which office, and which worker, serves the child from a day."""

    kind = forms.ChoiceField(
        label=_("For what"), choices=AssignmentKind.choices, widget=forms.RadioSelect
    )
    office = forms.ChoiceField(label=_("Office"))
    worker = forms.ChoiceField(label=_("Worker"), required=False)
    starts_on = MemorableDateField(label=_("Starts on"))
    ends_on = MemorableDateField(
        label=_("Until"), required=False, help_text=_("Cover has an end; other work has none.")
    )
    reason = forms.CharField(label=_("Why"), max_length=300)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        starts, ends = told.get("starts_on"), told.get("ends_on")
        is_cover = told.get("kind") == AssignmentKind.COVER
        if is_cover and not ends and "ends_on" not in self.errors:
            self.add_error("ends_on", _("Say until when this person covers."))
        elif starts and ends and ends <= starts:
            self.add_error("ends_on", _("The end comes before the beginning."))
        if not is_cover:
            told["ends_on"] = None
        if is_cover and not told.get("worker"):
            self.add_error("worker", _("Say who covers."))
        return told


class CustodyForm(PortalForm):
    """A state or a tribe takes custody; perhaps the child is placed with a resource family."""

    kind = forms.ChoiceField(
        label=_("Who has custody"),
        choices=[(kind.value, kind.label) for kind in CUSTODY],
        widget=forms.RadioSelect,
    )
    agency_first_name = forms.CharField(label=_("Agency worker’s first name"), max_length=80)
    agency_last_name = forms.CharField(label=_("Agency worker’s last name"), max_length=80)
    agency_phone = PhoneField(label=_("Agency worker’s phone"), required=False)
    starts_on = MemorableDateField(label=_("Starts on"))
    resource_first_name = forms.CharField(
        label=_("Resource parent’s first name"),
        max_length=80,
        required=False,
        help_text=_("Leave empty if the child stays at home."),
    )
    resource_last_name = forms.CharField(
        label=_("Resource parent’s last name"), max_length=80, required=False
    )
    resource_phone = PhoneField(label=_("Resource parent’s phone"), required=False)
    reason = forms.CharField(label=_("Why"), max_length=300)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if bool(told.get("resource_first_name")) != bool(told.get("resource_last_name")):
            self.add_error("resource_last_name", _("Give the first and the last name, or neither."))
        return told


class EndForm(PortalForm):
    """When something ends, and why."""

    ends_on = MemorableDateField(label=_("Ends on"), help_text=_("The first day without it."))
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, *args: Any, not_before: date | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not_before is not None:
            self.fields["ends_on"].earliest = not_before


class EndAuthorityForm(EndForm):
    """When a right over a child ends, and whether its adult may have that in a letter."""

    may_write = YesNoField(
        label=_("Is it safe to write to this adult that it ends?"),
        help_text=_("The letter gives no reason and names nobody else. If no, you get a task."),
    )
