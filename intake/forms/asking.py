"""How the application asks: about a child by name, and with a way to say one does not know."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.ui.forms import PortalForm

UNSURE = ("unsure", _("I am not sure"))


def choice(label: Any, choices: Any, *, unsure: bool = True, **options: Any) -> forms.ChoiceField:
    """Return a question with one answer out of a few, and a way to say one does not know."""
    listed = [*choices, UNSURE] if unsure else list(choices)
    return forms.ChoiceField(label=label, choices=listed, widget=forms.RadioSelect, **options)


class AboutChildForm(PortalForm):
    """A form whose questions name the child and the state."""

    def __init__(self, *args: Any, called: str, state: str, **kwargs: Any):
        self.named = {"child": called, "state": state}
        super().__init__(*args, **kwargs)

    def _prepare(self) -> None:
        # Before the sentences about wrong answers are made: they repeat the question.
        for field in self.fields.values():
            if "{" in str(field.label):
                field.label = str(field.label).format(**self.named)
        super()._prepare()
