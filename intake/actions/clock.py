"""Keeping by which day an answer is due, as requests open and close."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from cms_portal.accounts.actions import system_user
from cms_portal.audit.tracking import save_tracked
from intake.asking import waiting_for
from intake.cases import service_cases
from intake.models import Application
from intake.states import RequestState

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


def settle(
    application: Application, *, at: datetime, state: RequestState = RequestState.ANSWERED
) -> None:
    """Close the requests that no service waits for any more: what they asked is known, or was decided."""
    for request in application.information_requests.open():
        if not waiting_for(application, request.rule):
            request.application = application
            request.move_to(state, by=system_user(), at=at, reason="no service waits for it")


@transaction.atomic
def set_time(
    *,
    application: Application,
    needs_disability_finding: bool,
    late_because: str,
    by: User,
    on: date,
) -> Application:
    """Keep how long an answer may take, and why it is late; the day it is due follows."""
    application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    application.needs_disability_finding = needs_disability_finding
    application.late_because = late_because
    save_tracked(application, by=by, reason="time to decide")
    return reckon_time(application=application, by=by, on=on)


def reckon_time(*, application: Application, by: User, on: date) -> Application:
    """Keep by which day the next answer is due, and since when all that is open waits for the family."""
    owed = [case for case in service_cases(application) if case.owes_answer and case.clock]
    ticking = [case for case in owed if case.clock and not case.clock.is_paused(on)]
    days = [day for case in ticking or owed if (day := case.due_on(on))]
    waits = bool(owed) and not ticking
    since = (application.waits_for_family_since or on) if waits else None
    due_on = min(days, default=application.answer_due_on)
    if (due_on, since) != (application.answer_due_on, application.waits_for_family_since):
        application.answer_due_on, application.waits_for_family_since = due_on, since
        save_tracked(application, by=by, reason="time to decide")
    return application
