"""Reviews as staff see them: the queue, and one review with all that was done."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import ObjectPage, PermittedPage
from cms_portal.audit.actions import note_access_to_told
from cms_portal.audit.models import AccessEvent
from cms_portal.documents import presenters
from cms_portal.notifications.letters import as_attachment
from cms_portal.ui.drawing import table_rows
from intake.actions import appeal_packs
from intake.appeal_states import AppealState
from intake.appealing import default_owner, members_needed, members_of
from intake.models import Appeal, AppealQuestion, EvidencePack
from intake.policies import APPEALS, PACKS
from intake.views.appealing import AppealPage, state_tag
from intake.views.queue import days_in_words, days_left

ROWS_PER_PAGE = 50
CLOCKS = ("review_request_days", "review_decision_days")


class _Told:
    """A review as read events ask for it: what one home told, no other home learns that we saw."""

    def __init__(self, appeal: Appeal) -> None:
        self.program, self.child_id = appeal.program, appeal.application.child_id
        self.household_id = appeal.application.household_id


class Appeals(PermittedPage):
    """What is not finished, the one due first on top; or what was."""

    template_name = "intake/appeals.html"
    permission = Permission.APPEAL_WORK

    def page(self, **more: Any) -> dict[str, Any]:
        shows_finished = "finished" in self.request.GET
        page_obj = Paginator(self._rows(shows_finished), ROWS_PER_PAGE).get_page(
            self.request.GET.get("page")
        )
        shown = list(page_obj)
        note_access_to_told(
            by=self.user,
            page="intake:appeals",
            rows=[_Told(appeal) for appeal in shown],
        )
        rows = [_row(appeal) for appeal in shown]
        return {
            "page_obj": page_obj,
            "shows_finished": shows_finished,
            "columns": [
                _("Child"),
                _("Number"),
                _("Where it stands"),
                _("Waits for"),
                _("Age"),
                _("Answer by"),
            ],
            "shown": rows,
            "rows": table_rows(rows),
        } | more

    def _rows(self, shows_finished: bool) -> Any:
        mine: Any = APPEALS.rows(self.user, Permission.APPEAL_WORK)
        unfinished = mine.not_finished()
        found = (
            mine.exclude(pk__in=unfinished.values("pk")).order_by("-kept_at", "-pk")
            if shows_finished
            else unfinished.most_urgent_first()
        )
        questions = AppealQuestion.objects.prefetch_related("answers").order_by("pk")
        return found.select_related(
            "application__child", "notice__message", "notice__application"
        ).prefetch_related("services", Prefetch("questions", queryset=questions))


def _row(appeal: Appeal) -> dict[str, Any]:
    today = programs.get(appeal.program).today()
    is_overdue = appeal.is_open and appeal.due_on < today
    late = _("asked after the last day") if appeal.is_late else ""
    return {
        "urgent": is_overdue,
        "cells": [
            {"text": appeal.application.child.full_name, "url": appeal.get_absolute_url()},
            {"text": appeal.number},
            {
                "text": appeal.state_words,
                "state": "late" if is_overdue else state_tag(appeal),
                "hint": late,
            },
            waits_for(appeal),
            {"text": days_in_words((today - appeal.received_on).days)},
            {
                "text": date_format(appeal.due_on, "SHORT_DATE_FORMAT"),
                "hint": days_left((appeal.due_on - today).days) if appeal.is_open else "",
            },
        ],
    }


def waits_for(appeal: Appeal) -> dict[str, str]:
    """Return who has to act now, and on what."""
    question = next(iter(reversed(appeal.questions.all())), None)
    if appeal.state == AppealState.INFO_REQUESTED and question:
        if question.answers.all():
            return {"text": _("Us"), "hint": _("the family answered")}
        day = date_format(question.due_on, "SHORT_DATE_FORMAT")
        return {"text": _("The family"), "hint": _("until {day}").format(day=day)}
    words = {
        AppealState.REQUESTED: _("Screening"),
        AppealState.SCREENED: _("Naming the committee"),
        AppealState.UNDER_REVIEW: _("The committee"),
        AppealState.DECIDED: _("Closing"),
    }
    return {"text": words.get(AppealState(appeal.state), "")}


class OneAppeal(AppealPage):
    """One review: for the family where it stands, for staff what was asked, done and read."""

    reads = (*AppealPage.reads, "screened_by")

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer()

    @property
    def template_name(self) -> str:  # type: ignore[override]
        return "intake/appeal_work.html" if self.is_staff else "intake/appeal.html"

    def page(self, **more: Any) -> dict[str, Any]:
        appeal, today = self.appeal, programs.get(self.appeal.program).today()
        told = {
            "today": today,
            "state_tag": state_tag(appeal),
            "parts": _parts(appeal),
            "questions": list(appeal.questions.all()),
            "evidence": [row.document for row in appeal.evidence.select_related("document")],
            "kind": programs.get(appeal.program).review_kind,
            "may_add": appeal.is_open and self.may(Permission.DOCUMENT_ADD),
            "may_withdraw": appeal.is_open and self.may(Permission.APPLICATION_SUBMIT),
        }
        return super().page(**told, **(self._for_staff(today) if self.is_staff else {}), **more)

    def _for_staff(self, today: date) -> dict[str, Any]:
        appeal = self.appeal
        home = appeal.application.household
        is_hidden = home.address_is_confidential or home.is_placement
        return {
            "is_overdue": appeal.is_open and appeal.due_on < today,
            "default_owner": default_owner(appeal.program, *CLOCKS),
            "members": members_of(appeal),
            "needed": members_needed(appeal.program),
            "packs": list(appeal.packs.select_related("made_by").order_by("-pk")),
            "came_since": self._came_since,
            "shows_address": not is_hidden or self.may(Permission.ADDRESS_VIEW_CONFIDENTIAL),
            "may_open_review": self.may(Permission.APPLICATION_REVIEW),
            "may_write_down": appeal.is_open and self.may(Permission.APPLICATION_SUBMIT),
            **self._acts,
        }

    @cached_property
    def _came_since(self) -> int:
        """How much the family sent after the last pack was made."""
        last = self.appeal.packs.last()
        return self.appeal.parts.filter(sent_at__gt=last.made_at).count() if last else 0

    @property
    def _acts(self) -> dict[str, bool]:
        """Which ways on are open to this person now."""
        state = self.appeal.state
        screens, works = self.may(Permission.APPEAL_SCREEN), self.may(Permission.APPEAL_WORK)
        is_taken_up = self.appeal.is_open and state != AppealState.REQUESTED
        asks = state in (AppealState.SCREENED, AppealState.UNDER_REVIEW)
        return {
            "may_read_pack": works,
            "may_screen": screens and state == AppealState.REQUESTED,
            "may_name": screens and is_taken_up,
            "may_hand_over": works and is_taken_up,
            "may_ask": works and asks,
            "may_decide": self.may(Permission.APPEAL_DECIDE) and state == AppealState.UNDER_REVIEW,
            "may_close": screens and state == AppealState.DECIDED,
        }


def _parts(appeal: Appeal) -> list[dict[str, Any]]:
    rows = appeal.parts.select_related("document__child", "question", "sent_by", "appeal")
    return [
        {
            "row": row,
            "papers": presenters.papers([row.document], to_staff=True) if row.document else [],
        }
        for row in rows.prefetch_related("document__files")
    ]


class Pack(ObjectPage):
    """Hands out one evidence pack as it was made; each time somebody opens one is kept."""

    policy, permission = PACKS, Permission.APPEAL_WORK
    child_of, household_of = "appeal__application__child", "appeal__application__household"
    look = AccessEvent.Action.DOWNLOAD

    def rows(self) -> Any:
        return EvidencePack.objects.select_related(
            "appeal__application__child", "appeal__application__household"
        )

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            content = appeal_packs.content_of(self.object)
        except (appeal_packs.PackChanged, FileNotFoundError):
            return self.is_not_as_made()
        return as_attachment(content, f"review-{self.object.appeal.number}.pdf")

    def is_not_as_made(self) -> HttpResponse:
        """Hand out nothing that is not what the committee was given."""
        self.template_name = "intake/appeal_pack_changed.html"  # type: ignore[misc]
        return self.answer(status=409, pack=self.object, appeal=self.object.appeal)
