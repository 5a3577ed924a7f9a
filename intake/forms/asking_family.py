"""Asking a family for what is missing, and what it answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.documents.forms import PapersForm
from cms_portal.ui.forms import PortalForm


class AskForm(PortalForm):
    """What a worker adds in their own words."""

    words = forms.CharField(
        label=_("In your own words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    although = forms.CharField(
        label=_("Why do you ask, though we have proof?"),
        help_text=_("The family does not read this."),
        max_length=300,
    )

    def __init__(self, *args: Any, reads: str, is_proven: bool, **kwargs: Any) -> None:
        """`reads` names the language of the family's letters; what is proven needs a reason to ask."""
        super().__init__(*args, **kwargs)
        if not is_proven:
            del self.fields["although"]
        self.fields["words"].help_text = _("The family reads this, in %(language)s.") % {
            "language": reads
        }


class AnswerForm(PapersForm):
    """A paper, or words where there is none; one of the two."""

    field_order = ("papers", "words")
    words = forms.CharField(
        label=_("Or tell us in words"),
        help_text=_("For example: you do not have this paper, or you need more time."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, is_required=False, **kwargs)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not self.accepted and not answers.get("words") and not self.errors:
            self.add_error("papers", _("Add a photo or a file, or tell us in words."))
        return answers


class SeenForm(PortalForm):
    """The decisions of the notice that was shown: nobody sends one they have not read."""

    seen = forms.CharField(max_length=2000, widget=forms.HiddenInput)

    def clean_seen(self) -> list[int]:
        try:
            return [int(key) for key in self.cleaned_data["seen"].split(",")]
        except ValueError:
            raise forms.ValidationError(_("Look at the notice again, then send it.")) from None
