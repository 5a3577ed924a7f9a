"""What is still missing: a worker asks for it, the family answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import ActionView, FormPage
from cms_portal.documents.models import Document
from cms_portal.notifications.letters import as_attachment, cover_sheet_pdf
from intake.actions import information_requests
from intake.asking import ASKS, AskedFor, askable, service_names
from intake.cases import service_cases
from intake.evidence import proofs_of
from intake.forms.asking_family import AnswerForm, AskForm
from intake.models import Application, InformationRequest
from intake.states import RequestState, WrongMove
from intake.told import contact_of, unusable_papers_of
from intake.views.frames import ApplicationPage, GivingPage


class AskFamily(ApplicationPage, FormPage):
    """One thing to ask a family for: as it reads it, with a worker's own words."""

    permission = Permission.APPLICATION_REVIEW
    template_name = "intake/ask_family.html"
    form_class = AskForm

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        today = programs.get(self.application.program).today()
        proofs = proofs_of(self.application, today)
        rules = {one.rule: one for one in askable(service_cases(self.application), proofs)}
        if kwargs["rule"] not in rules:
            raise Http404
        self.asked = rules[kwargs["rule"]]

    def form_arguments(self) -> dict[str, Any]:
        return {
            "reads": contact_of(self.application).get_written_language_display(),
            "is_proven": self.asked.proof is not None,
        }

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(
            asked=self.asked,
            ask=ASKS[self.asked.rule],
            services=service_names(self.application.program, self.asked.services),
            **more,
        )

    def act(self, form: AskForm) -> HttpResponse:
        try:
            information_requests.ask(
                application=self.application,
                rule=self.asked.rule,
                **form.cleaned_data,
                by=self.user,
                at=timezone.now(),
            )
        except information_requests.CannotAsk:
            notes.error(
                self.request, _("This application was closed meanwhile. Nothing was asked.")
            )
        else:
            notes.success(
                self.request, _("The family is asked. The time for these services rests.")
            )
        return redirect("intake:review", number=self.application.number)


class RequestPage(ApplicationPage):
    """A page about one thing that was asked for in an application."""

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = self.application.information_requests.filter(pk=kwargs["asked"]).first()
        is_gone = found is not None and found.state == RequestState.CANCELLED
        # What was begun before it was taken back can still be sent: a family's paper is not thrown away.
        if found is None or (is_gone and self.request.method != "POST"):
            raise Http404
        found.application = self.application
        self.asked: InformationRequest = found


class AnswerRequest(GivingPage, RequestPage):
    """The family sends what was asked for, or says why it cannot; a worker does so for a caller."""

    template_name = "intake/answer_request.html"
    form_class = AnswerForm

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(
            asked=AskedFor(self.asked),
            until=information_requests.comes_back_until(self.asked),
            unusable=self._unusable,
            **more,
        )

    @property
    def _unusable(self) -> list[Document]:
        """What came for it may be no use: then it is not here, whatever state the request is in."""
        is_answered = self.asked.state == RequestState.ANSWERED
        return unusable_papers_of(self.application) if is_answered else []

    def act(self, form: AnswerForm) -> HttpResponse:
        sent: Any = {"request": self.asked, "words": form.cleaned_data.get("words", "")}
        sent |= {"files": form.accepted, "by": self.user, "at": timezone.now()}
        try:
            information_requests.answer(**sent)
        except WrongMove:
            information_requests.keep_besides(**sent)
            notes.info(
                self.request, _("This was answered or settled already. We keep what you sent.")
            )
        except information_requests.TooLate:
            information_requests.keep_besides(**sent)
            notes.error(
                self.request,
                _("The time for this is over. We keep what you sent. You can apply again any day."),
            )
            return redirect("intake:receipt", number=self.application.number)
        if form.errors:
            return self.answer(status=422, form=form)
        notes.success(self.request, _("We have it. Your worker will read it."))
        staff = self.user.is_staff_member
        page = "intake:review" if staff else "intake:receipt"
        return redirect(page, number=self.application.number)


class CoverSheet(RequestPage):
    """The sheet to put on top of papers that go by mail or fax; it says what they are for by a code."""

    permission = Permission.DOCUMENT_ADD

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.asked.state == RequestState.ANSWERED:
            raise Http404
        content = cover_sheet_pdf(
            self.asked.cover_code,
            program=self.application.program,
            language=contact_of(self.application).written_language,
        )
        return as_attachment(content, "cover-sheet.pdf")


class CancelRequest(RequestPage, ActionView):
    """A worker takes back what is not needed."""

    permission = Permission.APPLICATION_REVIEW

    def act(self, application: Application) -> HttpResponse:
        information_requests.cancel(
            request=self.asked,
            by=self.user,
            at=timezone.now(),
        )
        return redirect("intake:review", number=application.number)


class CloseRequest(RequestPage, ActionView):
    """A worker closes what did not come, after the day it was asked for."""

    permission = Permission.DECISION_MAKE

    def act(self, application: Application) -> HttpResponse:
        try:
            information_requests.close_unanswered(
                request=self.asked,
                by=self.user,
                at=timezone.now(),
            )
        except information_requests.CannotAsk:
            notes.error(self.request, _("The family still has time to send it."))
        else:
            notes.success(self.request, _("Closed. The family can still send it, and was told so."))
        return redirect("intake:review", number=application.number)
