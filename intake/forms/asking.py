"""How the application asks: about a child by name, and a worker for a diagnosis by its code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_portal.ui.forms import PortalForm
from eligibility.condition_lists import CODE


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
            if "{" in str(field.help_text):
                field.help_text = str(field.help_text).format(**self.named)
        super()._prepare()


class DiagnosisCodeField(forms.CharField):
    """An ICD-10-CM code, in small letters or large, with its dot or without."""

    default_error_messages = {"invalid": _("Write a code like J45.40, or leave it open.")}

    def __init__(self, **options: Any):
        super().__init__(**{"label": _("ICD-10-CM code"), **options})

    def to_python(self, value: Any) -> str:
        code = (super().to_python(value) or "").upper()
        if code and not CODE.fullmatch(code):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return code
