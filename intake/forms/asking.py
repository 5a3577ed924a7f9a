"""How the application asks: about a child by name."""

from __future__ import annotations

from typing import Any

from cms_portal.ui.forms import PortalForm


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
