"""Pages about the rules that anyone may read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cms_portal.access.views import PublicPage
from eligibility.condition_search import search
from eligibility.forms import ConditionSearchForm
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


class ConditionSearch(PublicPage):
    """Is a condition covered? Asked by POST, so that no address holds it, and kept nowhere."""

    template_name = "eligibility/condition_search.html"

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = ConditionSearchForm(request.POST)
        if not form.is_valid():
            return self.answer(status=422, form=form)
        assert self.program
        asked = form.cleaned_data["asked"]
        matches = search(asked, program=self.program.code, on=self.program.today())
        return self.answer(form=form, matches=matches, was_asked=True)

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(**{"form": ConditionSearchForm(), "was_asked": False, **more})
