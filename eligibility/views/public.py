"""Pages about the rules that anyone may read."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cms_portal.access.views import PublicPage
from eligibility.how_we_decide import HowWeDecide
from eligibility.program_folders import rulebooks


class HowWeDecidePage(PublicPage):
    """Every rule of a program with its figures, dates and sources, made from the rules themselves."""

    template_name = "eligibility/how_we_decide.html"

    def page(self, **more: Any) -> dict[str, Any]:
        assert self.program
        today = self.program.today()
        return super().page(
            rules=HowWeDecide(rulebooks()[self.program.code], today),
            today=today,
            limit_columns=[
                {"label": _("People in the home")},
                {"label": _("Income a year"), "numeric": True},
            ],
            **more,
        )
