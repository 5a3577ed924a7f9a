"""The inbox of what comes on paper, and taking it in."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.contrib import messages as notes
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import PermittedPage
from cms_portal.ui.drawing import table_rows
from intake import paper_rows
from intake.actions import paper_mail
from intake.forms.paper_mail import TakeInForm
from intake.models import Envelope
from intake.paper_states import WAITING, EnvelopeState
from intake.policies import ENVELOPES, offices_that_sort

ROWS_PER_PAGE = 50


class Inbox(PermittedPage):
    """What waits to be sorted, the longest on top; or what was closed, the newest on top."""

    template_name = "intake/inbox.html"
    permission = Permission.PAPER_SORT

    def page(self, **more: Any) -> dict[str, Any]:
        shows_closed = "closed" in self.request.GET
        mine: Any = ENVELOPES.rows(self.request.user, Permission.PAPER_SORT)
        shown = (
            mine.exclude(state__in=WAITING).order_by("-closed_at", "-pk")
            if shows_closed
            else mine.waiting().longest_first()
        )
        page_obj = Paginator(shown.select_related("office"), ROWS_PER_PAGE).get_page(
            self.request.GET.get("page")
        )
        return {
            "shows_closed": shows_closed,
            "in_short": _in_short(mine),
            "page_obj": page_obj,
            "columns": [
                _("Came"),
                _("Age"),
                _("Where it stands"),
                _("Pages left"),
                _("Note"),
                _("Office"),
            ],
            "rows": table_rows(paper_rows.rows(list(page_obj))),
        } | more


def _in_short(mine: Any) -> str:
    """Say how many wait, and how many of them are unmatched."""
    counted = mine.waiting().aggregate(
        waiting=Count("pk"),
        unmatched=Count("pk", filter=Q(state=EnvelopeState.UNMATCHED)),
    )
    if not counted["waiting"]:
        return ""
    waiting, unmatched = counted["waiting"], counted["unmatched"]
    return " ".join(
        [
            ngettext("{count} waits.", "{count} wait.", waiting).format(count=waiting),
            ngettext("{count} is unmatched.", "{count} are unmatched.", unmatched).format(
                count=unmatched
            ),
        ]
    )


class TakeIn(PermittedPage):
    """One envelope, fax, scan or delivery, on one page."""

    template_name = "intake/take_in_paper.html"
    permission = Permission.PAPER_SORT

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.offices = offices_that_sort(self.request.user)  # type: ignore[arg-type]
        if not self.offices:
            raise PermissionDenied

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer(form=self.make_form(initial={"start_key": uuid.uuid4()}))

    def make_form(self, *args: Any, **options: Any) -> TakeInForm:
        return TakeInForm(*args, offices=self.offices, today=self._today(), **options)

    def _today(self) -> date:
        return min(programs.get(office.program).today() for office in self.offices)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep the good files; what is wrong with the others is said on the envelope's page."""
        form = self.make_form(request.POST, request.FILES)
        if not form.is_valid() and not form.only_files_are_at_fault:
            return self.answer(status=422, form=form)
        envelope = self._take_in(form)
        say_what_was_not_kept(request, form)
        notes.success(request, _("Taken in. Its pages appear here as soon as they are checked."))
        return redirect(envelope)

    def _take_in(self, form: TakeInForm) -> Envelope:
        told = form.cleaned_data
        return paper_mail.take_in(
            office=told["office"],
            start_key=told["start_key"],
            came_by=told["came_by"],
            received_on=told["received_on"],
            postmarked_on=told["postmarked_on"],
            files=form.accepted,
            envelope_photos=form.accepted_photos,
            note=told["note"],
            by=self.request.user,  # type: ignore[arg-type]
            at=timezone.now(),
        )


def say_what_was_not_kept(request: HttpRequest, form: Any) -> None:
    """Say of each file at fault what was wrong with it."""
    for name in ("papers", "photos"):
        for fault in form.errors.get(name, []):
            notes.error(request, fault)
