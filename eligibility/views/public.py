"""Pages about the rules that anyone may read."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cms_portal.access.views import PublicPage
from eligibility import screening
from eligibility.condition_search import search
from eligibility.forms.searching import ConditionSearchForm
from eligibility.how_we_decide import HowWeDecide
from eligibility.models import Outcome
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


class Screener(PublicPage):
    """Could my child get help? One question a page; the answers travel with the page, signed."""

    template_name = "eligibility/screener.html"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        assert self.program
        self.screening = screening.begin(self.program.code, self.program.today())

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._ask_next()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        begun = self.screening
        try:
            self.screening = screening.resume(
                begun.program, request.POST.get("answers", ""), begun.on
            )
        except signing.BadSignature:
            return self._ask_next(has_begun_anew=True)
        if "back" in request.POST:
            return self._ask_again()
        asked = self.screening.next_question()
        if asked is None or request.POST.get("question") != asked.key:
            return self._ask_next()
        form = self.screening.form(asked, request.POST)
        if not form.is_valid():
            return self._ask(asked, form, status=422)
        self.screening = self.screening.with_answer(asked, form.cleaned_data)
        return self._ask_next()

    def _ask_next(self, **more: Any) -> HttpResponse:
        asked = self.screening.next_question()
        if asked is None:
            return self._tell()
        return self._ask(asked, self.screening.form(asked), **more)

    def _ask_again(self) -> HttpResponse:
        """Show the last answer again, to change it."""
        answers = self.screening.answers
        asked = screening.question(self.screening.program, list(answers)[-1]) if answers else None
        if asked is None:
            return self._ask_next()
        before = self.screening.without_last()
        form = self.screening.form(asked)
        self.screening = before
        return self._ask(asked, form)

    def _ask(self, asked: screening.Question, form: Any, **more: Any) -> HttpResponse:
        number = len(self.screening.answers) + 1
        return self.answer(
            asked=asked, form=form, number=number, most=screening.MOST_QUESTIONS, **more
        )

    def _tell(self) -> HttpResponse:
        told = self.screening.service_answers()
        groups = [
            (outcome, [one for one in told if one.is_for_this_age and one.outcome == outcome])
            for outcome in (
                Outcome.AVAILABLE,
                Outcome.UNKNOWN,
                Outcome.NEEDS_REVIEW,
                Outcome.NOT_AVAILABLE,
            )
        ]
        return self.answer(
            groups=[
                {"outcome": outcome, "services": services}
                for outcome, services in groups
                if services
            ],
            others=[one for one in told if not one.is_for_this_age],
            lives_elsewhere=self.screening.lives_elsewhere,
            who_serves=self.screening.who_serves,
            bring=self.screening.papers_to_bring(),
        )

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(token=self.screening.token, **more)
