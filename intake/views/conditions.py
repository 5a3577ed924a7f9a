"""The conditions that wait for the Medical Director."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import ActionView, FormPage, PermittedPage
from cms_portal.audit.actions import note_access_to_told
from cms_portal.documents import presenters
from eligibility.catalogue import service_name
from eligibility.models import DiagnosisCode
from eligibility.program_folders import rulebooks
from eligibility.sentences import sentence, words
from intake.actions import condition_answers
from intake.forms.condition_review import AnswerForm
from intake.models import ConditionReview, ReviewAnswer, ReviewState
from intake.policies import CONDITION_REVIEWS
from intake.told import contact_of, papers_of

ROWS_PER_PAGE = 50


class _Told:
    """A review as read events ask for it: what one home told, no other home learns that we saw."""

    def __init__(self, review: ConditionReview) -> None:
        self.program, self.child_id = review.program, review.application.child_id
        self.household_id = review.application.household_id


class Conditions(PermittedPage):
    """What waits, the longest on top; or what was answered, the newest on top."""

    template_name = "intake/conditions.html"
    permission = Permission.CONDITION_REVIEW

    def page(self, **more: Any) -> dict[str, Any]:
        shows_answered = "answered" in self.request.GET
        page_obj = Paginator(self._rows(shows_answered), ROWS_PER_PAGE).get_page(
            self.request.GET.get("page")
        )
        shown = list(page_obj)
        note_access_to_told(
            by=self.user,
            page="intake:conditions",
            rows=[_Told(review) for review in shown],
        )
        return {
            "page_obj": page_obj,
            "shows_answered": shows_answered,
            "columns": _columns(shows_answered),
            "rows": [_row(review, shows_answered) for review in shown],
        } | more

    def _rows(self, shows_answered: bool) -> Any:
        mine: Any = CONDITION_REVIEWS.rows(self.user, Permission.CONDITION_REVIEW)
        found = (
            mine.answered().order_by("-closed_at", "-pk")
            if shows_answered
            else mine.waiting().longest_first()
        )
        return found.select_related("application__child", "application__office", "condition")


def _columns(shows_answered: bool) -> list[str]:
    return [
        _("Child"),
        _("Condition"),
        _("For"),
        _("Answer") if shows_answered else _("Waits since"),
        _("Office"),
    ]


def _row(review: ConditionReview, shows_answered: bool) -> dict[str, Any]:
    today = programs.get(review.program).today()
    child, url = review.application.child, reverse("intake:condition_review", args=[review.pk])
    moment = review.closed_at if shows_answered else review.asked_at
    day = timezone.localdate(moment, programs.get(review.program).timezone)
    days = (today - day).days
    waited = ngettext("{days} day", "{days} days", days).format(days=days) if days else _("today")
    number = len(review.asked_services)
    return {
        "cells": [
            {
                "text": child.full_name,
                "url": url,
                "hint": _("Age {age}").format(age=child.age_on(today)),
            },
            {"text": review.condition.text or review.code, "hint": review.code},
            {
                "text": ngettext("{number} service", "{number} services", number).format(
                    number=number
                )
            },
            {
                "text": review.get_answer_display()
                if shows_answered
                else date_format(day, "SHORT_DATE_FORMAT"),
                "hint": date_format(day, "SHORT_DATE_FORMAT") if shows_answered else waited,
            },
            {"text": str(review.application.office or "")},
        ]
    }


class OneCondition(FormPage):
    """One condition with all that speaks for an answer, and the answer."""

    policy, permission = CONDITION_REVIEWS, Permission.CONDITION_REVIEW
    template_name = "intake/condition_review.html"
    form_class = AnswerForm
    child_of, household_of = "application__child", "application__household"

    def rows(self) -> Any:
        return ConditionReview.objects.select_related(
            "application__child", "application__household", "condition", "closed_by"
        )

    @property
    def review(self) -> ConditionReview:
        return self.object

    def form_arguments(self) -> dict[str, Any]:
        return {
            "services": [
                (key, service_name(self.review.program, key)) for key in self.review.asked_services
            ],
            "reads": contact_of(self.review.application).get_written_language_display(),
        }

    def act(self, form: Any) -> HttpResponse:
        try:
            condition_answers.answer(
                review=self.review,
                **form.cleaned_data,
                by=self.user,
                at=timezone.now(),
            )
        except condition_answers.ReviewOver:
            notes.error(
                self.request, _("This was answered or taken back meanwhile. Nothing was changed.")
            )
        else:
            notes.success(self.request, _("Your answer is kept, and the worker is told."))
        return redirect("intake:condition_review", pk=self.review.pk)

    def page(self, **more: Any) -> dict[str, Any]:
        review, application = self.review, self.review.application
        today = programs.get(review.program).today()
        return {
            "review": review,
            "application": application,
            "age": application.child.age_on(today),
            "code_name": _name_of(review.code),
            "because": sentence(review.finding),
            "source": _source(review),
            "services": [service_name(review.program, key) for key in review.asked_services],
            "answered_for": [service_name(review.program, key) for key in review.services],
            "papers": presenters.papers(papers_of(application), to_staff=True),
            "earlier": _earlier_answers(review),
            "is_waiting": review.state == ReviewState.WAITING and application.is_open,
            "may_look_again": review.state == ReviewState.ANSWERED and application.is_open,
        } | more


def _name_of(code: str) -> str:
    found = DiagnosisCode.objects.filter(code=code).first()
    return found.name if found else ""


def _source(review: ConditionReview) -> str:
    source = rulebooks()[review.program].sources.get(review.finding["source"])
    return words(source.name) if source else ""


def _earlier_answers(review: ConditionReview) -> list[dict[str, Any]]:
    """Return how often this code was answered how in the program; of whose child, nobody learns here."""
    same = ConditionReview.objects.filter(program=review.program, code=review.code)
    counted = same.answered().exclude(pk=review.pk).values("answer").annotate(times=Count("pk"))
    return [
        {"answer": ReviewAnswer(row["answer"]).label, "times": row["times"]}
        for row in counted.order_by("answer")
    ]


class LookAgain(ActionView):
    """Put an answered condition back into the queue."""

    policy, permission = CONDITION_REVIEWS, Permission.CONDITION_REVIEW
    child_of, household_of = "application__child", "application__household"

    def act(self, obj: ConditionReview) -> HttpResponse:
        try:
            new = condition_answers.look_again(
                review=obj,
                by=self.user,
                at=timezone.now(),
            )
        except condition_answers.ReviewOver:
            notes.error(
                self.request,
                _("The condition was corrected, or the application closed. Nothing was changed."),
            )
            new = obj
        return redirect("intake:condition_review", pk=new.pk)
