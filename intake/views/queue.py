"""The applications that wait for an office."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import PermittedPage
from cms_portal.audit.actions import note_access_to_told
from intake.models import Application
from intake.policies import APPLICATIONS

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
        note_access_to_told(
            by=self.request.user,  # type: ignore[arg-type]
            page="intake:queue",
            rows=shown,
        )
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
