"""The days a family has between a letter and the end it tells of: they count from the true mailing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from cms_portal.audit.tracking import save_tracked
from cms_portal.notifications.deadlines import last_day
from cms_portal.notifications.models import Message, MessageState
from cms_portal.notifications.reaching import REACH_FAMILY
from cms_portal.programs import Program
from cms_portal.work.models import Task
from eligibility.models import Outcome
from intake.messages import ENDED_KEY, ENDS_ON_ITS_DAY
from intake.models import EnrolledService, Enrollment
from intake.notices import first_day_after
from intake.states import EnrollmentState

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

DAY = timedelta(days=1)
# An end that is longer ago is not moved any more: somebody would have been told twice.
LONG_AGO = timedelta(days=30)


@transaction.atomic
def keep_times(*, program: Program, on: date, by: User) -> int:
    """Move each end on whose letter went out late, waits, or came back; return how many moved.

    Nothing is ever moved nearer; for a child who died nothing is moved.
    """
    return _keep_services(program, on, by=by) + _keep_enrollments(program, on, by=by)


def _keep_services(program: Program, on: date, *, by: User) -> int:
    ended = EnrolledService.objects.filter(
        enrollment__program=program.code,
        enrollment__child__died_on__isnull=True,
        ends_on__gt=on - LONG_AGO,
        decision__outcome=Outcome.NOT_AVAILABLE,
        decision__notice_line__notice__message__end_days__isnull=False,
    )
    # First the enrollment, then its services, as whoever ends one locks them.
    of_these = Enrollment.objects.filter(pk__in=ended.values("enrollment")).order_by("pk")
    list(of_these.select_for_update().values_list("pk"))
    reads = ended.select_related("enrollment", "decision__notice_line__notice__message")
    moved = 0
    for service in reads.select_for_update(of=("self",)):
        line = service.decision.notice_line
        first = first_day_after(program.code, line.notice.sent_on)
        # A birthday was told as the end: no letter moves that.
        message = line.notice.message
        if message is not None and line.ends_on is not None and line.ends_on >= first:
            moved += _move(service, service.enrollment, _wanted(message, on), by=by)
    return moved


def _keep_enrollments(program: Program, on: date, *, by: User) -> int:
    ended = (
        Enrollment.objects.filter(program=program.code, state=EnrollmentState.ENDED)
        .filter(ends_on__gt=on - LONG_AGO)
        .exclude(end_reason__in=ENDS_ON_ITS_DAY)
        .filter(child__died_on__isnull=True)
        .select_related("application")
        .select_for_update(of=("self",))
    )
    moved = 0
    for enrollment in ended:
        letters = Message.objects.about(enrollment.application).filter(key=ENDED_KEY)
        message = letters.exclude(end_days=None).order_by("pk").last()
        if message is None:
            continue
        wanted, was = _wanted(message, on), enrollment.ends_on
        for service in enrollment.services.filter(ends_on=was):
            _move(service, enrollment, wanted, by=by)
        _lengthen(enrollment, wanted, by=by)
        moved += enrollment.ends_on > was
    return moved


def _wanted(message: Message, on: date) -> date:
    """Return the first day after what a message ends; it moves on while the family has not been told."""
    known = last_day(message)
    if known is not None:
        return known + DAY
    told_on = on
    if message.state in (MessageState.FAILED, MessageState.RETURNED):
        told_on = _reached_on(message) or on
    return told_on + timedelta(days=message.end_days or 0) + DAY


def _reached_on(message: Message) -> date | None:
    """Return the day on which a person reached the family in a message's place."""
    done = Task.objects.about(message).filter(kind=REACH_FAMILY, done_at__isnull=False).last()
    return timezone.localdate(done.done_at) if done and done.done_at else None


def _move(service: EnrolledService, enrollment: Enrollment, wanted: date, *, by: User) -> int:
    if service.ends_on >= wanted:
        return 0
    service.ends_on = wanted
    save_tracked(service, by=by, reason="its letter went out later")
    _lengthen(enrollment, wanted, by=by)
    return 1


def _lengthen(enrollment: Enrollment, wanted: date, *, by: User) -> None:
    if enrollment.ends_on < wanted:
        enrollment.ends_on = wanted
        save_tracked(enrollment, by=by, reason="its letter went out later")
