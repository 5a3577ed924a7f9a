"""What changed, in the family's words, with what its kind needs besides."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.ui.fields import MemorableDateField, MoneyField
from cms_portal.ui.forms import PortalForm
from intake.changes import ChangeKind


class ChangeForm(PortalForm):
    """One change. The fields that its kind does not ask for are not there."""

    became_aware_on = MemorableDateField(label=_("Since when do you know?"))
    amount = MoneyField(label=_("How much?"))
    liable_party = forms.CharField(
        label=_("Who may have to pay?"),
        max_length=200,
        help_text=_("A person, a company or an insurance."),
    )
    attorneys = forms.CharField(
        label=_("Names of all attorneys"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Yours and theirs. Write “none” if there are none."),
    )
    back_on = MemorableDateField(
        label=_("When do you plan to be back?"),
        required=False,
        help_text=_("Leave it empty if you do not know yet."),
    )
    words = forms.CharField(
        label=_("What changed?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    said_name = forms.CharField(label=_("Who told you?"), max_length=150)

    EXTRA = ("amount", "liable_party", "attorneys", "back_on")

    def __init__(
        self, *args: Any, kind: ChangeKind, on: date, by_staff: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if kind.amount:
            self.fields["amount"].label = kind.amount
        for name in self.EXTRA:
            if name not in kind.asks:
                del self.fields[name]
        if not by_staff:
            del self.fields["said_name"]
        self.fields["became_aware_on"].latest = on
        if kind.counts_from_receipt:
            self.fields["became_aware_on"].label = _("When did you get it?")


class LookedAtForm(PortalForm):
    """What a worker did about it."""

    done = forms.CharField(
        label=_("What did you do?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
