"""What a worker and a second person say about a service."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.ui.forms import PortalForm
from eligibility.models import Outcome, ReasonCode

# Who reviews conditions, or a refusal, answers on pages of their own; nobody else decides in their name.
_OF_OTHERS = (ReasonCode.MEDICAL_DIRECTOR, ReasonCode.REVIEW)
_REASONS = [code for code in ReasonCode.choices if code[0] not in _OF_OTHERS]
YES_OR_NO = [(Outcome.AVAILABLE, _("Yes")), (Outcome.NOT_AVAILABLE, _("No"))]


class NumberForm(PortalForm):
    """The number of an application, as a family reads it from its receipt."""

    number = forms.CharField(
        label=_("Number of the application"),
        help_text=_("Eight letters and digits, like K7QM-2XWD. Leave it empty to see all."),
        max_length=12,
        required=False,
    )

    def clean_number(self) -> str:
        return str(self.cleaned_data["number"]).strip().upper()


class DecisionForm(PortalForm):
    """Confirm what the rules recommend, or override it with a reason and words."""

    # What the rules had said when the page was shown: nobody decides on facts they have not seen.
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # And the decision it showed, if there was one: nobody replaces one they have not read.
    replacing = forms.IntegerField(widget=forms.HiddenInput, required=False)
    outcome = forms.ChoiceField(label=_("Decision"), choices=YES_OR_NO, widget=forms.RadioSelect)
    reason_code = forms.ChoiceField(label=_("Reason"), choices=_REASONS)
    words = forms.CharField(
        label=_("In words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, reads: str, **kwargs: Any) -> None:
        """`reads` names the language of the family's letters."""
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = _(
            "Needed when you decide otherwise than the rules. The family reads this, in %(language)s."
        ) % {"language": reads}
