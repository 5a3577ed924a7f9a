"""Telling a family in writing what was decided."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from cms_portal import programs
from cms_portal.audit.tracking import save_tracked
from intake import messages
from intake.actions import enrollments
from intake.actions.applications import begin_review, locked
from intake.actions.clock import reckon_time
from intake.cases import service_cases
from intake.models import Application, Notice, NoticeLine, Status
from intake.notices import ToldService, ready_to_tell

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


class NothingToTell(ValueError):
    """No service is decided, and countersigned where it must be, that the family does not know of."""


class NotAsRead(ValueError):
    """A decision changed since the notice was shown; what it says now has to be read first."""


@transaction.atomic
def tell_family(
    *,
    application: Application,
    by: User,
    at: datetime,
    seen: list[int] | None = None,
    services: Collection[str] | None = None,
) -> Notice:
    """Send the family a notice of every decision it does not know of; open what it can get now.

    With `services`, only of these; they may be of an application that is over, as a review gave them.
    `seen` are the decisions in the notice that was shown before. The
    application is decided once no answer is owed any more. Raises NothingToTell, and NotAsRead where the
    decisions are others now.
    """
    application = locked(application)
    on = timezone.localdate(at, programs.get(application.program).timezone)
    told = ready_to_tell(application, on) if application.is_open or services else []
    if services is not None:
        told = [one for one in told if one.case.key in services]
    if not told:
        raise NothingToTell(application.number)
    if seen is not None and sorted(seen) != sorted(decisions_in(told)):
        raise NotAsRead(application.number)
    application = begin_review(application=application, by=by, at=at)
    message = messages.decided(application, told, by=by)
    notice = Notice(application=application, message=message, sent_by=by, sent_at=at)
    save_tracked(notice, by=by, reason="the family was told")
    for one in told:
        _tell(notice, one, by=by)
    enrollments.enroll(application=application, told=told, on=on, at=at, by=by)
    if not application.is_open:
        return notice
    if any(case.owes_answer for case in service_cases(application)):
        reckon_time(application=application, by=by, on=on)
    else:
        application.waits_for_family_since = None
        application.move_to(Status.DECIDED, by=by, at=at, reason="the family was told")
        enrollments.end_where_nothing_is_left(application=application, on=on, at=at, by=by)
    return notice


def decisions_in(told: list[ToldService]) -> list[int]:
    """Return the keys of the decisions a notice tells."""
    return [one.case.decision.pk for one in told if one.case.decision]


def _tell(notice: Notice, one: ToldService, *, by: User) -> NoticeLine:
    line = NoticeLine(
        notice=notice, decision=one.case.decision, starts_on=one.starts_on, ends_on=one.ends_on
    )
    return save_tracked(line, by=by, reason="the family was told")
