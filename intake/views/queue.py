"""The applications that wait for an office."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import PermittedPage
from cms_portal.audit.actions import note_access_to_told
from cms_portal.ui.drawing import table_rows
from intake.models import Application, Status
from intake.policies import APPLICATIONS

ROWS_PER_PAGE = 100
# A row shows these and no more; with a hundred rows, the others would be most of what is read.
COLUMNS = (
    *("program", "number", "status", "answer_due_on", "household"),
    *("child__first_name", "child__middle_name", "child__last_name"),
    *("office__name", "worker__name"),
)


class Queue(PermittedPage):
    """Applications that wait for us, the one due first on top."""

    template_name = "intake/queue.html"
    permission = Permission.APPLICATION_REVIEW

    def page(self, **more: Any) -> dict[str, Any]:
        waiting = (
            APPLICATIONS.rows(self.request.user, Permission.APPLICATION_REVIEW)
            .open()  # type: ignore[attr-defined]
            .select_related("child", "office", "worker")
            .only(*COLUMNS)
            .most_urgent_first()
        )
        page_obj = Paginator(waiting, ROWS_PER_PAGE).get_page(self.request.GET.get("page"))
        shown = list(page_obj)
        note_access_to_told(
            by=self.request.user,  # type: ignore[arg-type]
            page="intake:queue",
            rows=shown,
        )
        row = _Rows().row
        return {
            "page_obj": page_obj,
            "columns": [
                _("Child"),
                _("Number"),
                _("Where it stands"),
                _("Answer by"),
                _("With"),
                _("Action"),
            ],
            "rows": table_rows([row(application) for application in shown]),
            "takes_for": [
                programs.get(code)
                for code in self.request.user.programs()  # type: ignore[union-attr]
            ],
        } | more


class _Rows:
    """Applications as the rows of the list; what many rows share is put into words once."""

    def __init__(self) -> None:
        self.today = cache(lambda program: programs.get(program).today())
        self.day = cache(lambda day: date_format(day, "SHORT_DATE_FORMAT"))
        self.status = cache(lambda status: str(Status(status).label))
        self.not_sent = _("not sent yet")
        self.left = cache(days_left)
        self.go_on, self.review = _("Go on"), _("Review")

    def row(self, application: Application) -> dict[str, Any]:
        today, due = self.today(application.program), application.answer_due_on
        page = "intake:phone" if application.is_draft else "intake:review"
        url = reverse(page, args=[application.number])
        worker, office = application.worker, application.office
        return {
            "urgent": due is not None and due < today,
            "cells": [
                {"text": application.child.full_name, "url": url},
                {"text": application.number},
                {"text": self.status(application.status), "state": _state(application, today)},
                {
                    "text": self.day(due) if due else self.not_sent,
                    "hint": self.left((due - today).days) if due else "",
                },
                {"text": worker.name if worker else "", "hint": str(office or "")},
                {"text": self.go_on if application.is_draft else self.review, "url": url},
            ],
        }


def days_left(days: int) -> str:
    """Return how far the day to answer is, in words."""
    if days < 0:
        return ngettext("{days} day late", "{days} days late", -days).format(days=-days)
    if days == 0:
        return _("today")
    return ngettext("{days} day left", "{days} days left", days).format(days=days)


def _state(application: Application, today: Any) -> str:
    if application.answer_due_on and application.answer_due_on < today:
        return "late"
    return {"draft": "todo", "submitted": "waiting", "in_review": "now"}[application.status]
