"""The papers that show what was answered, and the signature that sends it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.documents.forms import PapersForm as OnePaperForm
from cms_portal.documents.models import DocumentKind
from cms_portal.ui.forms import PortalForm

NO_PAPER_NOW = ("", _("No paper now"))


class PapersForm(OnePaperForm):
    """A paper, in as many photos as it takes; or none now, as a choice once made cannot be unmade."""

    field_order = ("kind", "papers")
    nothing_added = _(
        "Add a photo or a file of this paper. To go on without, choose “No paper now”."
    )
    kind = forms.ChoiceField(
        label=_("What does the paper show?"),
        help_text=_(
            "You can also bring or mail papers later. You can send your answers without any."
        ),
        choices=[NO_PAPER_NOW, *DocumentKind.choices],
        widget=forms.RadioSelect,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if self.accepted and not answers.get("kind"):
            self.add_error("kind", _("Choose what the paper shows."))
        if answers.get("kind") and not self.accepted and "papers" not in self.errors:
            self.add_error("papers", self.nothing_added)
        return answers

    def keeps_good_files(self) -> bool:
        return bool(self.cleaned_data.get("kind"))


class NewPaperForm(PapersForm):
    """One paper more, for what was sent already."""

    nothing_added = _("Add a photo or a file of this paper.")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].required = True
        self.fields["kind"].choices = DocumentKind.choices
        self.fields["kind"].help_text = ""


class SignForm(PortalForm):
    """The signature: a typed name under words that are shown, or spoken to a worker."""

    name = forms.CharField(
        label=_("Your full name"),
        max_length=150,
        help_text=_("Typing your name is your signature."),
    )
    agrees = forms.BooleanField(label=_("I have read this, and it is true as far as I know."))
