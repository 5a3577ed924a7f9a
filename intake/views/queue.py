"""The applications that wait for an office."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import PermittedPage
from cms_portal.audit.actions import note_access_to_told
from cms_portal.ui.drawing import table_rows
from cms_portal.ui.paging import Onward
from intake.asking import asked_for
from intake.clocks import clock_of_all
from intake.models import Application, InformationRequest, Status
from intake.policies import APPLICATIONS
from intake.views import urgent

ROWS_PER_PAGE = 100
# A row shows these and no more; with a hundred rows, the others would be most of what is read.
COLUMNS = (
    *("program", "number", "status", "answer_due_on", "household", "submitted_at"),
    *("waits_for_family_since", "needs_disability_finding"),
    *("child__first_name", "child__middle_name", "child__last_name"),
    *("office__name", "worker__name"),
)


class Queue(PermittedPage):
    """Applications that wait for us, the one due first on top."""

    template_name = "intake/queue.html"
    permission = Permission.APPLICATION_REVIEW

    def page(self, **more: Any) -> dict[str, Any]:
        waiting = (
            APPLICATIONS.rows(self.user, Permission.APPLICATION_REVIEW)
            .open()  # type: ignore[attr-defined]
            .select_related("child", "office", "worker")
            .only(*COLUMNS)
            .most_urgent_first()
        )
        page_obj = Onward(waiting, ROWS_PER_PAGE).get_page(self.request.GET.get("page"))
        shown = list(page_obj)
        note_access_to_told(
            by=self.user,
            page="intake:queue",
            rows=shown,
        )
        needs = urgent.rows_of(self.user)
        note_access_to_told(
            by=self.user,
            page="intake:queue",
            rows=[need.application for need in needs],
        )
        asked = _asked_of(shown)
        row = _Rows().row
        return {
            "page_obj": page_obj,
            "columns": [
                _("Child"),
                _("Number"),
                _("Where it stands"),
                _("Waits for"),
                _("Age"),
                _("Answer by"),
                _("With"),
                _("Action"),
            ],
            "urgent_columns": urgent.columns(),
            "urgent_rows": [urgent.as_row(need) for need in needs],
            "rows": table_rows([row(one, asked.get(one.pk, [])) for one in shown]),
            "takes_for": [programs.get(code) for code in self.user.programs()],
        } | more


def _asked_of(applications: list[Application]) -> dict[int, list[InformationRequest]]:
    """Return what was asked of the families, by application, in one question to the database."""
    found: dict[int, list[InformationRequest]] = {}
    by_key = {application.pk: application for application in applications}
    for request in InformationRequest.objects.filter(application__in=by_key).counted():
        request.application = by_key[request.application_id]
        found.setdefault(request.application_id, []).append(request)
    return found


class _Rows:
    """Applications as the rows of the list; what many rows share is put into words once."""

    def __init__(self) -> None:
        self.today = cache(lambda program: programs.get(program).today())
        self.day = cache(lambda day: date_format(day, "SHORT_DATE_FORMAT"))
        self.status = cache(lambda status: str(Status(status).label))
        self.not_sent = _("not sent yet")
        self.left = cache(days_left)
        self.us, self.family = _("Us"), _("The family")
        self.go_on, self.review = _("Go on"), _("Review")

    def row(self, application: Application, asked: list[InformationRequest]) -> dict[str, Any]:
        today, due = self.today(application.program), application.answer_due_on
        page = "intake:phone" if application.is_draft else "intake:review"
        url = reverse(page, args=[application.number])
        worker, office = application.worker, application.office
        return {
            "urgent": _is_late(application, today),
            "cells": [
                {"text": application.child.full_name, "url": url},
                {"text": application.number},
                {"text": self.status(application.status), "state": _state(application, today)},
                self._waits_for(application, asked),
                self._age(application, asked, today),
                {
                    "text": self.day(due) if due else self.not_sent,
                    "hint": self.left((due - today).days) if due else "",
                },
                {"text": worker.name if worker else "", "hint": str(office or "")},
                {"text": self.go_on if application.is_draft else self.review, "url": url},
            ],
        }

    def _waits_for(
        self, application: Application, asked: list[InformationRequest]
    ) -> dict[str, Any]:
        """Who has to act, and since when or for what."""
        if since := application.waits_for_family_since:
            return {"text": self.family, "hint": _("since {day}").format(day=self.day(since))}
        waiting = [str(one.what) for one in asked_for(one for one in asked if one.is_open)]
        hint = _("the family sends: {what}").format(what="; ".join(waiting)) if waiting else ""
        return {"text": "" if application.is_draft else self.us, "hint": hint}

    def _age(
        self, application: Application, asked: list[InformationRequest], today: date
    ) -> dict[str, Any]:
        """The days since it was sent, and how many of them it waited for the family."""
        if application.submitted_at is None:
            return {"text": ""}
        # All of it was decided once before, so only what is decided anew waits.
        since = application.looked_again_at if application.decided_at else None
        clock = clock_of_all(application, asked, since=since)
        paused = clock.paused_days(today)
        return {
            "text": days_in_words(clock.age(today)),
            "hint": _("{days} of them waited for the family").format(days=paused) if paused else "",
        }


def days_in_words(days: int) -> str:
    return ngettext("{days} day", "{days} days", days).format(days=days)


def days_left(days: int) -> str:
    """Return how far the day to answer is, in words."""
    if days < 0:
        return ngettext("{days} day late", "{days} days late", -days).format(days=-days)
    if days == 0:
        return _("today")
    return ngettext("{days} day left", "{days} days left", days).format(days=days)


def _is_late(application: Application, today: date) -> bool:
    """Whether we owe an answer whose day is over; while the family's answer is awaited, none is late."""
    due = application.answer_due_on
    return due is not None and due < today and application.waits_for_family_since is None


def _state(application: Application, today: date) -> str:
    if _is_late(application, today):
        return "late"
    if application.waits_for_family_since:
        return "waiting"
    return {"draft": "todo", "submitted": "now", "in_review": "now"}[application.status]
