"""What a family reads after sending: the receipt, and the decision."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import ActionView, FormPage
from cms_portal.documents.presenters import papers
from cms_portal.families.views.frames import ForBoth
from eligibility.models import Outcome
from intake import told
from intake.actions import answers, applications
from intake.actions.information_requests import comes_back_until
from intake.appealing import appeals_of, notices_to_ask_about
from intake.asking import asked_for
from intake.called import call_for
from intake.cases import requests_of, service_cases
from intake.forms.sending import NewPaperForm
from intake.models import Application, InformationRequest, Notice
from intake.states import RequestState
from intake.views.appealing import shown_appeals
from intake.views.frames import ApplicationPage


class Receipt(ApplicationPage):
    """What was sent, when we answer, and who answers for it."""

    template_name = "intake/receipt.html"
    reads = ("child", "office", "worker")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.application.is_draft:
            return redirect(self.application)
        return self.answer()

    def page(self, **more: Any) -> dict[str, Any]:
        program = programs.get(self.application.program)
        office = self.application.office
        phone = getattr(office.phone, "as_national", "") if office and office.phone else ""
        asked = requests_of(self.application)
        is_due = self.application.is_open and not self.application.waits_for_family_since
        return super().page(
            call=call_for(self.application),
            phone=phone or program.toll_free,
            may_tell=self.may(Permission.APPLICATION_SUBMIT),
            may_withdraw=self.may(Permission.APPLICATION_SUBMIT) and _is_asked(self.application),
            asked=asked_for(one for one in asked if one.is_open),
            closed=asked_for(one for one in asked if self._may_come_back(one, program.today())),
            may_let_help=self.may(Permission.HELPER_MANAGE),
            is_helpers=self.is_helpers,
            own_from=self.own_from if self.application.is_open else None,
            notices=self.application.notices.exists(),
            unusable=told.unusable_papers_of(self.application),
            answer_by=self.application.answer_due_on if is_due else None,
            **more,
        )

    @staticmethod
    def _may_come_back(request: InformationRequest, today: date) -> bool:
        is_closed = request.state == RequestState.NOT_RECEIVED
        return is_closed and today < comes_back_until(request)


class Withdraw(ApplicationPage, ActionView):
    """A family may take its application back at any time."""

    permission = Permission.APPLICATION_SUBMIT
    http_method_names = ["get", "post", "options"]
    template_name = "intake/withdraw.html"
    reads = ("child",)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer()

    def act(self, application: Application) -> HttpResponse:
        if application.is_open and _is_asked(application):
            applications.withdraw(
                application=application,
                by=self.user,
                at=timezone.now(),
                reason="withdrawn by the family",
            )
        return redirect("intake:receipt", number=application.number)


def _is_asked(application: Application) -> bool:
    """Say whether it is the family's to take back: looking at it again is ours."""
    return application.looked_again_at is None


class AddPaper(ForBoth, ApplicationPage, FormPage):
    """Another paper for what was sent already."""

    permission = Permission.DOCUMENT_ADD
    template_name = "intake/add_paper.html"
    form_class = NewPaperForm

    def rows(self) -> Any:
        return super().rows().sent()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.make_form()
        is_valid = form.is_valid()
        if form.accepted and form.cleaned_data.get("kind"):
            self._keep(form)
        if not is_valid:
            self.note_who_looked()
            return self.answer(status=422, form=form)
        notes.success(request, _("We have your paper. Your worker will read it."))
        return redirect("intake:add_paper", number=self.application.number)

    def _keep(self, form: NewPaperForm) -> None:
        """Keep the good files; a bad one beside them does not lose them."""
        answers.add_paper(
            application=self.application,
            kind=form.cleaned_data["kind"],
            files=form.accepted,
            by=self.user,
            at=timezone.now(),
        )

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(papers=papers(told.papers_of(self.application)), **more)


class FamilyDecision(ApplicationPage):
    """What was decided for each service, and why, for the family."""

    template_name = "intake/decision.html"
    permission = Permission.DECISION_VIEW
    reads = ("child", "worker")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.notices:
            return redirect("intake:receipt", number=self.application.number)
        return self.answer()

    @cached_property
    def notices(self) -> list[Notice]:
        return list(self.application.notices.select_related("message").order_by("-pk"))

    def page(self, **more: Any) -> dict[str, Any]:
        cases = service_cases(self.application)
        told = [case for case in cases if case.is_told]
        appeals = appeals_of(self.application)
        # Of a child who died the family reads what was decided, and is asked for nothing.
        lives = self.application.child.died_on is None
        return super().page(
            notices=self.notices,
            yes=[case for case in told if case.outcome == Outcome.AVAILABLE],
            no=[case for case in told if case.outcome == Outcome.NOT_AVAILABLE],
            owed=[
                {"name": case.name, "asked": asked_for(case.waits_for)}
                for case in cases
                if case.owes_answer and lives
            ],
            may_tell=lives and self.may(Permission.APPLICATION_SUBMIT),
            appeals=shown_appeals(appeals),
            to_ask_about=notices_to_ask_about(cases, appeals) if lives else [],
            **more,
        )
