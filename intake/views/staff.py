"""The pages on which staff take, review and decide applications."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import PermittedPage
from cms_portal.audit.actions import note_access_to_many
from cms_portal.ui import problems
from eligibility.actions import CannotDecide
from eligibility.models import ReasonCode
from intake.actions import answers, applications, decisions
from intake.cases import latest_determination, service_cases
from intake.forms.answers import SignForm
from intake.forms.review import DecisionForm
from intake.forms.start import CallerForm
from intake.models import Application, Signature
from intake.policies import APPLICATIONS
from intake.views.family import ApplicationPage, given_in
from intake.words import signed_words

ROWS_PER_PAGE = 100


class Queue(PermittedPage):
    """Applications that wait for us, the one due first on top."""

    template_name = "intake/queue.html"
    permission = Permission.APPLICATION_REVIEW

    def page(self, **more: Any) -> dict[str, Any]:
        waiting = (
            APPLICATIONS.rows(self.request.user, Permission.APPLICATION_REVIEW)
            .open()  # type: ignore[attr-defined]
            .select_related("child", "office", "worker")
            .most_urgent_first()
        )
        page_obj = Paginator(waiting, ROWS_PER_PAGE).get_page(self.request.GET.get("page"))
        shown = list(page_obj)
        note_access_to_many(
            by=self.request.user,  # type: ignore[arg-type]
            page="intake:queue",
            children=[application.child for application in shown],
        )
        return {
            "page_obj": page_obj,
            "columns": [
                _("Child"),
                _("Number"),
                _("Where it stands"),
                _("Answer by"),
                _("With"),
                _("Do"),
            ],
            "rows": [_row(application) for application in shown],
            "takes_for": [
                programs.get(code)
                for code in self.request.user.programs()  # type: ignore[union-attr]
            ],
        } | more


def _row(application: Application) -> dict[str, Any]:
    today = programs.get(application.program).today()
    due = application.answer_due_on
    url = reverse(
        "intake:phone" if application.is_draft else "intake:review", args=[application.number]
    )
    return {
        "urgent": due is not None and due < today,
        "cells": [
            {"text": application.child.full_name, "url": url},
            {"text": application.number},
            {"text": application.get_status_display(), "state": _state(application, today)},
            {
                "text": date_format(due, "SHORT_DATE_FORMAT") if due else _("not sent yet"),
                "hint": _("{days} days left").format(days=(due - today).days) if due else "",
            },
            {
                "text": application.worker.name if application.worker else "",
                "hint": application.office,
            },
            {"text": _("Go on") if application.is_draft else _("Review"), "url": url},
        ],
    }


def _state(application: Application, today: Any) -> str:
    if application.answer_due_on and application.answer_due_on < today:
        return "late"
    return {"draft": "todo", "submitted": "waiting", "in_review": "now"}[application.status]


class Take(PermittedPage):
    """A worker opens an application for somebody on the telephone or at the desk."""

    template_name = "intake/take.html"
    permission = Permission.APPLICATION_START

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.program = programs.get_or_404(kwargs["program"])
        self.grant = self._grant()
        self.request.program = self.program  # type: ignore[attr-defined]

    def _grant(self) -> Any:
        user: Any = self.request.user
        for grant, _scope in user.grants_for(Permission.APPLICATION_START):
            if grant.program == self.program.code:
                return grant
        raise Http404

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.answer(status=422, form=form)
        told = form.cleaned_data
        application = applications.take_from_caller(
            program=self.program.code,
            office=self.grant.office,
            region=self.grant.region,
            child={key: told[key] for key in ("first_name", "last_name", "date_of_birth")},
            guardian={
                "first_name": told["guardian_first_name"],
                "last_name": told["guardian_last_name"],
                "phone": told["phone"],
                "spoken_language": told["spoken_language"],
                "written_language": told["written_language"],
            },
            relation=told["relation"],
            channel=told["channel"],
            start_key=told["start_key"],
            on=self.program.today(),
            by=request.user,  # type: ignore[arg-type]
        )
        return redirect("intake:phone", number=application.number)

    def page(self, **more: Any) -> dict[str, Any]:
        return {"form": self.make_form()} | more

    def make_form(self, data: Any = None) -> CallerForm:
        return CallerForm(
            data,
            program=self.program,
            on=self.program.today(),
            initial={
                "start_key": uuid.uuid4(),
                "channel": "phone",
                "spoken_language": "en",
                "written_language": "en",
            },
        )


class StaffApplicationPage(ApplicationPage):
    """A page of staff about one application."""

    permission = Permission.APPLICATION_REVIEW


class Phone(StaffApplicationPage):
    """The whole application on one dense page, made of the family's own steps."""

    template_name = "intake/phone.html"
    permission = Permission.APPLICATION_REVIEW

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        forms = self._forms(request.POST, request.FILES)
        changed = [(step, form) for step, form in forms if _was_filled(form)]
        wrong = [form for _step, form in changed if not form.is_valid()]
        try:
            for step, form in changed:
                if form not in wrong:
                    step.save(self.application, given_in(form), by=request.user)
        except answers.AlreadySent:
            notes.error(request, _("This application was closed meanwhile. Nothing was changed."))
            return redirect("intake:review", number=self.application.number)
        if wrong:
            return self.answer(
                status=422, forms=forms, problems=[p for form in wrong for p in problems.of(form)]
            )
        if "send" in request.POST:
            return self._send()
        notes.success(request, _("Saved."))
        return redirect("intake:phone", number=self.application.number)

    def _send(self) -> HttpResponse:
        signed = SignForm(self.request.POST, prefix="sign")
        unfinished = self.journey.unfinished(self.application)
        if not signed.is_valid() or unfinished:
            return self.answer(status=422, sign=signed, unfinished=unfinished)
        applications.submit(
            application=self.application,
            name=signed.cleaned_data["name"],
            words=signed_words(self.application),
            way=Signature.Way.SPOKEN,
            by=self.request.user,  # type: ignore[arg-type]
            at=timezone.now(),
        )
        return redirect("intake:review", number=self.application.number)

    def _forms(self, data: Any = None, files: Any = None) -> list[tuple[Any, Any]]:
        return [
            (step, step.form(self.application, data, files, prefix=step.key, for_staff=True))
            for step in self.journey.for_subject(self.application)
        ]

    def page(self, **more: Any) -> dict[str, Any]:
        forms = more.pop("forms", None) or self._forms()
        return super().page(
            **{
                "sections": [
                    {
                        "step": step,
                        "form": form,
                        "is_rows": hasattr(form, "management_form"),
                        "is_done": step.is_done(self.application),
                    }
                    for step, form in forms
                ],
                "sign": SignForm(prefix="sign"),
                "words": signed_words(self.application),
                "unfinished": [],
                "problems": [],
                **more,
            }
        )


def _was_filled(form: Any) -> bool:
    return bool(form.has_changed())


class Review(StaffApplicationPage):
    """What the family told, what the rules recommend and why, and the decision on each service."""

    template_name = "intake/review.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.application.is_draft:
            return redirect("intake:phone", number=self.application.number)
        return self.answer()

    def page(self, **more: Any) -> dict[str, Any]:
        cases = service_cases(self.application)
        invalid = more.pop("invalid", None)
        return super().page(
            determination=latest_determination(self.application),
            cases=[
                {
                    "case": case,
                    "form": invalid[1]
                    if invalid and invalid[0] == case.key
                    else _decision_form(case),
                    "may_countersign": self._may_countersign(case),
                }
                for case in cases
                if case.is_asked
            ],
            others=[case for case in cases if not case.is_asked],
            sections=[
                {"title": step.title, "answers": step.answers(self.application)}
                for step in self.journey.for_subject(self.application)
            ],
            all_final=all(case.is_final for case in cases if case.is_asked),
            may_see_history=APPLICATIONS.allows(
                self.request.user, Permission.APPLICATION_HISTORY, self.application
            ),
            **more,
        )

    def _may_countersign(self, case: Any) -> bool:
        decision = case.decision
        return (
            decision is not None
            and not decision.is_final
            and decision.decided_by_id != self.request.user.pk
            and self._holds_countersign()
        )

    def _holds_countersign(self) -> bool:
        if not hasattr(self, "_countersigns"):
            self._countersigns = APPLICATIONS.allows(
                self.request.user, Permission.DECISION_COUNTERSIGN, self.application
            )
        return self._countersigns


def _decision_form(case: Any) -> DecisionForm:
    decided = case.decision
    recommended = case.recommended if case.recommended in ("available", "not_available") else None
    return DecisionForm(
        prefix=case.key,
        initial={
            "outcome": decided.outcome if decided else recommended,
            "reason_code": decided.reason_code if decided else ReasonCode.AGREES,
            "words": decided.words if decided else "",
        },
    )


class Decide(Review):
    """The decision on one service."""

    permission = Permission.DECISION_MAKE
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        service = kwargs["service"]
        form = DecisionForm(request.POST, prefix=service)
        if not form.is_valid():
            return self.answer(status=422, invalid=(service, form))
        try:
            decisions.decide_service(
                application=self.application,
                service=service,
                by=request.user,  # type: ignore[arg-type]
                at=timezone.now(),
                **form.cleaned_data,
            )
        except CannotDecide as problem:
            form.add_error("words", str(problem))
            return self.answer(status=422, invalid=(service, form))
        except decisions.AlreadyDecided:
            notes.error(request, _("The family was told already. A review can change it."))
        return redirect(_review_at(self.application, service))


def _review_at(application: Application, service: str) -> str:
    return f"{reverse('intake:review', args=[application.number])}#{service}"


class Countersign(StaffApplicationPage):
    """A second person stands behind one decision."""

    permission = Permission.DECISION_COUNTERSIGN
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            decisions.countersign(
                application=self.application,
                decision=kwargs["decision"],
                by=request.user,  # type: ignore[arg-type]
                at=timezone.now(),
            )
        except CannotDecide as problem:
            notes.error(request, str(problem))
        return redirect("intake:review", number=self.application.number)


class AskTheRules(StaffApplicationPage):
    """Let the rules look again, after answers changed."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.application.is_open and not self.application.is_draft:
            applications.ask_the_rules(
                application=self.application,
                by=request.user,  # type: ignore[arg-type]
                at=timezone.now(),
            )
        return redirect("intake:review", number=self.application.number)


class TellFamily(StaffApplicationPage):
    """Send the decision to the family."""

    permission = Permission.DECISION_MAKE
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            decisions.tell_family(
                application=self.application,
                by=request.user,  # type: ignore[arg-type]
                at=timezone.now(),
            )
        except decisions.NotAllDecided:
            notes.error(request, _("Decide every service first; some wait for a second person."))
        else:
            notes.success(request, _("The decision is on its way to the family."))
        return redirect("intake:review", number=self.application.number)


class FamilyDecision(ApplicationPage):
    """What was decided for each service, and why, for the family."""

    template_name = "intake/decision.html"
    permission = Permission.DECISION_VIEW

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.application.decided_at is None:
            return redirect("intake:receipt", number=self.application.number)
        return self.answer()

    def page(self, **more: Any) -> dict[str, Any]:
        cases = [case for case in service_cases(self.application) if case.decision]
        return super().page(
            yes=[case for case in cases if case.outcome == "available"],
            no=[case for case in cases if case.outcome == "not_available"],
            **more,
        )
