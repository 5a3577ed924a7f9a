"""The answer about a condition that no list names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MinLengthValidator
from django.utils.translation import gettext_lazy as _

from cms_portal.ui.forms import PortalForm
from intake.models import ReviewAnswer

# Enough for a sentence that somebody else can follow a year from now.
SHORTEST_REASON = 20


class AnswerForm(PortalForm):
    """What the condition counts as, for which services, and why."""

    says_optional = False

    answer = forms.ChoiceField(
        label=_("Your answer"), choices=ReviewAnswer.choices, widget=forms.RadioSelect
    )
    services = forms.MultipleChoiceField(
        label=_("For these services"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave out a service whose list this answer is not meant for."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[
            MinLengthValidator(SHORTEST_REASON, _("Say why, in a sentence that others can follow."))
        ],
    )

    def __init__(
        self, *args: Any, services: list[tuple[str, str]], reads: str, **kwargs: Any
    ) -> None:
        """`services` are those in question, by key and name; `reads` is the language of the letters."""
        super().__init__(*args, **kwargs)
        self.fields["services"].choices = services
        self.fields["services"].initial = [key for key, _name in services]
        self.fields["reason"].help_text = _(
            "The family reads this in its notice, in %(language)s. If papers are missing, say which:"
            " the worker asks for them."
        ) % {"language": reads}

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        wants_papers = told.get("answer") == ReviewAnswer.MORE_PAPERS
        if told.get("answer") and not wants_papers and not told.get("services"):
            self.add_error("services", _("Choose at least one service."))
        return told
