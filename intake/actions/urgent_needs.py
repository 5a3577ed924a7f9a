"""Hearing what cannot wait from a family that applies, and noting that somebody spoke with it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from cms_portal import programs
from cms_portal.audit.tracking import save_tracked
from cms_portal.families.serving import who_serves
from cms_portal.work.actions import finish
from cms_portal.work.models import Task
from intake import routing, urgency
from intake.actions import not_reached
from intake.models import Application, MissedCall, UrgentNeed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cms_portal.accounts.models import User
    from cms_portal.offices.models import Office

# The same words about the same number within this are one call, sent twice.
SAME_CALL = timedelta(minutes=2)


class AlreadyAnswered(ValueError):
    """Somebody spoke with the family meanwhile."""


@transaction.atomic
def tell(
    *,
    application: Application,
    kinds: Iterable[str],
    phone: Any,
    may_leave_message: bool,
    by: User,
    at: datetime,
) -> UrgentNeed:
    """Keep what cannot wait, and ask a named person to speak with the family on the same working day.

    It needs nothing else of the application, not even that it is sent. What is told while something is
    open already joins it. Raises NobodyThere where the program has no office.
    """
    # Two who tell at the same moment take turns here.
    Application.objects.select_for_update().get(pk=application.pk)
    today = at.astimezone(programs.get(application.program).timezone).date()
    need = application.urgent_needs.open().first() or _new(application, by=by, at=at, on=today)
    need.kinds = [*need.kinds, *(kind for kind in kinds if kind not in need.kinds)]
    need.phone, need.may_leave_message = phone or need.phone, may_leave_message
    save_tracked(need, by=by, reason="the family told what cannot wait")
    urgency.ask_for_contact(
        about=need,
        office=need.office,
        worker=need.worker,
        due_on=need.due_on,
        is_urgent=True,
        child=application.child,
        by=by,
    )
    return need


def _new(application: Application, *, by: User, at: datetime, on: date) -> UrgentNeed:
    office, worker = _who_speaks(application, by=by, on=on)
    return UrgentNeed(
        program=application.program,
        application=application,
        kinds=[],
        told_by=by,
        told_at=at,
        office=office,
        worker=worker,
        due_on=urgency.same_working_day(office=office, at=at),
    )


def _who_speaks(application: Application, *, by: User, on: date) -> tuple[Office, User | None]:
    """Return the office and the person: who hears it, who serves this home, or who is nearest.

    Never whom another home of the child turned to: this one would learn of that.
    """
    served = who_serves(
        program=application.program,
        child=application.child,
        household=application.household,
        on=on,
    )
    if served is not None and served.worker is not None:
        return served.office, by if by.is_staff_member else served.worker
    if application.office is not None:
        return application.office, application.worker
    return routing.office_and_worker(application.household.county, application.program)


@transaction.atomic
def answer(*, need: UrgentNeed, spoke_with: str, done: str, by: User, at: datetime) -> UrgentNeed:
    """Note that somebody spoke with the family, and what they agreed; a second answer changes nothing."""
    need = UrgentNeed.objects.select_for_update(of=("self",)).get(pk=need.pk)
    if not need.is_open:
        return need
    need.spoke_with, need.done = spoke_with, done
    need.answered_by, need.answered_at = by, at
    save_tracked(need, by=by, reason="spoke with the family")
    for task in Task.objects.open().about(need):
        finish(task=task, by=by, at=at, outcome="spoke with the family")
    return need


@transaction.atomic
def note_missed_call(
    *, need: UrgentNeed, phone: Any, outcome: str, next_step: str, by: User, at: datetime
) -> MissedCall:
    """Keep that somebody called and reached nobody: the need and its task stay open.

    What is sent twice is kept once. Raises AlreadyAnswered where somebody spoke with the family.
    """
    need = UrgentNeed.objects.select_for_update(of=("self",)).get(pk=need.pk)
    said = {"phone": phone, "outcome": outcome, "next_step": next_step, "by": by}
    same = need.missed_calls.filter(**said, at__gt=at - SAME_CALL).first()
    if same is not None:
        return same
    if not need.is_open:
        raise AlreadyAnswered(need.pk)
    call = MissedCall(need=need, **said, at=at)
    save_tracked(call, by=by, reason="called and reached nobody")
    not_reached.after_missed_try(application=need.application, by=by, at=at)
    return call
