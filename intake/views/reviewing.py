"""Reviewing an application and deciding each service."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.documents import presenters
from eligibility.actions import CannotDecide
from eligibility.models import Outcome, ReasonCode
from intake.actions import applications, decisions
from intake.appealing import appeals_of, notices_to_ask_about
from intake.asking import askable, asked_for
from intake.cases import ServiceCase, latest_determination, service_cases
from intake.evidence import best_on, kept_of
from intake.forms.review import DecisionForm
from intake.journeys.screener import found_in_words
from intake.models import Application, InformationRequest, ReviewState
from intake.renewals import Changed, changed_since
from intake.told import contact_of, papers_of
from intake.views.appealing import shown_appeals
from intake.views.frames import ApplicationPage


class StaffApplicationPage(ApplicationPage):
    """A page of staff about one application."""

    permission = Permission.APPLICATION_REVIEW


class Review(StaffApplicationPage):
    """What the family told, what the rules recommend and why, and the decision on each service."""

    template_name = "intake/review.html"
    reads = ("child", "household__county", "assessment", "office")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.application.is_draft:
            return redirect("intake:phone", number=self.application.number)
        return self.answer()

    def page(self, **more: Any) -> dict[str, Any]:
        determination = latest_determination(self.application)
        cases = service_cases(self.application, determination)
        papers = presenters.papers(papers_of(self.application), to_staff=True)
        proofs = kept_of(self.application) if papers else []
        appeals = appeals_of(self.application)
        today = programs.get(self.application.program).today()
        invalid = more.pop("invalid", None)
        return super().page(
            determination=determination,
            questions=askable(cases, best_on(proofs, today)),
            proofs=proofs,
            requests=asked_for(_still_open(cases)),
            today=today,
            cases=[
                {
                    "case": case,
                    "form": invalid[1]
                    if invalid and invalid[0] == case.key
                    else self._decision_form(case),
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
            found=found_in_words(self.application),
            papers=papers,
            condition_reviews=_reviews_of(self.application),
            ready_to_tell=[case for case in cases if case.is_final and not case.is_told],
            owed=[case for case in cases if case.owes_answer and not case.is_final],
            changed=self._changed_since_last_year(),
            appeals=shown_appeals(appeals),
            to_ask_about=notices_to_ask_about(cases, appeals),
            may_see_history=self.may(Permission.APPLICATION_HISTORY),
            **more,
        )

    def _changed_since_last_year(self) -> list[Changed]:
        now = self.application
        if now.renews_id is None:
            return []
        earlier = Application.objects.beside(now).filter(submitted_at__lt=now.submitted_at)
        earlier = earlier.select_related("assessment", "child", "household")
        before = earlier.order_by("-submitted_at").first()
        return changed_since(before, now) if before else []

    def _decision_form(self, case: Any) -> DecisionForm:
        decided = None if case.is_open else case.decision
        is_clear = case.recommended in (Outcome.AVAILABLE, Outcome.NOT_AVAILABLE)
        recommended = case.recommended if is_clear else None
        return DecisionForm(
            prefix=case.key,
            reads=self._reads,
            initial={
                "seen": case.determination,
                "replacing": case.decision.pk if case.decision else None,
                "outcome": decided.outcome if decided else recommended,
                "reason_code": decided.reason_code if decided else ReasonCode.AGREES,
                "words": decided.words if decided else "",
            },
        )

    @cached_property
    def _reads(self) -> str:
        """The language of the family's letters, named in the worker's own."""
        return contact_of(self.application).get_written_language_display()

    def _may_countersign(self, case: Any) -> bool:
        decision = case.decision
        return (
            decision is not None
            and not case.is_outdated
            and not decision.is_final
            and decision.decided_by_id != self.user.pk
            and self._holds_countersign()
        )

    def _holds_countersign(self) -> bool:
        if not hasattr(self, "_countersigns"):
            self._countersigns = self.may(Permission.DECISION_COUNTERSIGN)
        return self._countersigns


class Decide(Review):
    """The decision on one service."""

    permission = Permission.DECISION_MAKE
    http_method_names = ["post", "options"]

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if kwargs["service"] not in {case.key for case in service_cases(self.application)}:
            raise Http404

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        service = kwargs["service"]
        form = DecisionForm(request.POST, prefix=service, reads=self._reads)
        if not form.is_valid():
            return self.answer(status=422, invalid=(service, form))
        try:
            decisions.decide_service(
                application=self.application,
                service=service,
                by=self.user,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except CannotDecide as problem:
            form.add_error("words", str(problem))
            return self.answer(status=422, invalid=(service, self._now_seen(form)))
        except decisions.RulesAskedAgain:
            form.add_error(
                None, _("The rules were asked again. Read what they say now, then decide.")
            )
            return self.answer(status=422, invalid=(service, self._now_seen(form)))
        except decisions.AlreadyDecided:
            notes.error(request, _("The family was told already. A review can change it."))
        return redirect(_review_at(self.application, service))

    def _now_seen(self, form: DecisionForm) -> DecisionForm:
        """Return the form as it was sent, on the page that shows what the rules say now."""
        now = next(case for case in service_cases(self.application) if case.key == form.prefix)
        form.data = form.data.dict() | {  # type: ignore[attr-defined]
            form.add_prefix("seen"): now.determination,
            form.add_prefix("replacing"): now.decision.pk if now.decision else "",
        }
        return form


def _reviews_of(application: Application) -> Any:
    reviews = application.condition_reviews.exclude(state=ReviewState.WITHDRAWN)
    return reviews.select_related("condition", "closed_by").order_by("-pk")


def _still_open(cases: list[ServiceCase]) -> list[InformationRequest]:
    """Return what the family was asked and has not answered, once each, in the order it was asked."""
    found = {one.pk: one for case in cases for one in case.waits_for}
    return [found[key] for key in sorted(found)]


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
                by=self.user,
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
                by=self.user,
                at=timezone.now(),
            )
        return redirect("intake:review", number=self.application.number)
