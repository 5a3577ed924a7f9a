"""What a day brings by itself: reminders to families, and work for people. Nothing closes by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_noop

from cms_portal.audit.tracking import save_tracked
from cms_portal.families.serving import who_serves
from cms_portal.programs import Program
from cms_portal.work.actions import ask_for
from cms_portal.work.models import Task
from intake import messages
from intake.aging import ends_by_age
from intake.models import Application, Enrollment, InformationRequest, Status
from intake.models.enrollment import EnrollmentQuerySet
from intake.states import OPEN, EnrollmentState

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

CLOSE_REQUEST, ENROLLMENT_OVER = "close_request", "enrollment_over"


@transaction.atomic
def remind_of_requests(*, program: Program, on: date, at: datetime, by: User) -> int:
    """Ask each family once more for what it has not sent, some days before its time is over."""
    soon = on + timedelta(days=program.clock("information_reminder_days_before"))
    due = (
        InformationRequest.objects.open()
        .filter(application__program=program.code, reminded_at__isnull=True)
        .filter(due_on__gte=on, due_on__lte=soon)
        .select_related("application__child", "application__household")
        .select_for_update(of=("self",), skip_locked=True)
    )
    for request in (found := list(due)):
        request.reminded_at = at
        save_tracked(request, by=by, reason="reminded")
        messages.information_reminder(request, by=by)
    return len(found)


@transaction.atomic
def ask_to_close_requests(*, program: Program, on: date, by: User) -> int:
    """Ask a worker to call once more, then close, where the time to send something is over."""
    asked = Task.objects.filter(kind=CLOSE_REQUEST, about_type__model="informationrequest")
    over = (
        InformationRequest.objects.open()
        .due_before(on)
        .filter(application__program=program.code)
        .exclude(pk__in=asked.values("about_id"))
        .select_related("application__child", "application__office", "application__worker")
    )
    for request in (found := list(over)):
        application = request.application
        ask_for(
            program=program.code,
            kind=CLOSE_REQUEST,
            title=gettext_noop("Call a family once more, then close"),
            why=gettext_noop("What we asked for has not come."),
            due_on=on,
            office=application.office,
            owner=application.worker,
            child=application.child,
            about=request,
            by=by,
        )
    return len(found)


@transaction.atomic
def remind_of_drafts(*, program: Program, on: date, by: User) -> int:
    """Write once to each family that began an application and has left it untouched for a while."""
    quiet = on - timedelta(days=program.clock("draft_reminder_days"))
    drafts = (
        Application.objects.filter(program=program.code, status=Status.DRAFT, channel="web")
        .filter(started_at__date__lte=quiet, draft_reminded_on__isnull=True)
        .exclude(assessment__saved_at__date__gt=quiet)
        .select_related("child", "household")
        .select_for_update(of=("self",), skip_locked=True)
    )
    for application in (found := list(drafts)):
        application.draft_reminded_on = on
        save_tracked(application, by=by, reason="reminded")
        messages.draft_reminder(application, by=by)
    return len(found)


REMINDERS = (
    "renewal_opens_days_before",
    "renewal_second_reminder_days_before",
    "renewal_third_reminder_days_before",
    "renewal_last_reminder_days_before",
)

# As many families a transaction: few enough that nobody waits for one, and a run can end at any time.
AT_ONCE = 100


def reminder_days(program: Program) -> list[int]:
    """Return how many days before its end a family is reminded of an enrollment."""
    return [program.clock(name) for name in REMINDERS]


def due_for_reminder(program: Program, on: date) -> EnrollmentQuerySet:
    """Return the enrollments whose family is to be reminded on a day: each time once, not after it sent."""
    due = Q()
    for days in reminder_days(program):
        not_yet = Q(reminded_days_before__isnull=True) | Q(reminded_days_before__gt=days)
        due |= not_yet & Q(ends_on__lte=on + timedelta(days=days))
    return (
        Enrollment.objects.filter(due, state=EnrollmentState.ACTIVE, wants_reminders=True)
        .filter(program=program.code, ends_on__gt=on)
        .exclude(_is_sent())
        .exclude(_is_refused())
    )


def _is_refused() -> Exists:
    """The enrollments whose renewal was decided since, and granted nothing: who sent it need not again."""
    refused = Application.objects.filter(
        renews=OuterRef("pk"),
        status=Status.DECIDED,
        submitted_at__gt=OuterRef("application__submitted_at"),
    )
    return Exists(refused)


def _is_sent() -> Exists:
    """The enrollments whose renewal the family sent, and which waits for us."""
    sent = Application.objects.filter(
        renews=OuterRef("pk"), submitted_at__isnull=False, status__in=[*OPEN]
    )
    return Exists(sent)


def remind_to_renew(*, program: Program, on: date, by: User) -> Iterator[Enrollment]:
    """Remind one family after the other to renew, some in each transaction; yield each that was."""
    last: Enrollment | None = None
    while True:
        with transaction.atomic():
            due = _next_due(program, on, after=last)
            reminded = [_remind(one, program, on, by=by) for one in due if not ends_by_age(one)]
        yield from reminded
        if len(due) < AT_ONCE:
            return
        last = due[-1]


def count_due(program: Program, on: date) -> int:
    """Count the families that `remind_to_renew` would remind."""
    due = due_for_reminder(program, on).select_related("child", "application")
    return sum(not ends_by_age(one) for one in due.iterator(chunk_size=AT_ONCE))


def _next_due(program: Program, on: date, *, after: Enrollment | None) -> list[Enrollment]:
    """Return the next few to remind, soonest end first, under lock; what another run holds is left to it."""
    due = due_for_reminder(program, on)
    if after is not None:
        same_day = Q(ends_on=after.ends_on, pk__gt=after.pk)
        due = due.filter(same_day | Q(ends_on__gt=after.ends_on))
    return list(
        due.order_by("ends_on", "pk")
        .select_related("child", "application__child", "application__household")
        .select_for_update(of=("self",), skip_locked=True)[:AT_ONCE]
    )


def _remind(enrollment: Enrollment, program: Program, on: date, *, by: User) -> Enrollment:
    left = (enrollment.ends_on - on).days
    enrollment.reminded_days_before = min(one for one in reminder_days(program) if left <= one)
    save_tracked(enrollment, by=by, reason="reminded to renew")
    messages.renewal_reminder(enrollment, by=by)
    return enrollment


@transaction.atomic
def ask_about_ended_enrollments(*, program: Program, on: date, by: User) -> int:
    """Ask a worker to call each family whose enrollment ran out: renew it, or end it with a notice.

    Whoever sent a renewal in time has done their part: theirs is for us to decide.
    """
    asked = Task.objects.open().filter(kind=ENROLLMENT_OVER, about_type__model="enrollment")
    over = (
        Enrollment.objects.open()
        .filter(program=program.code, ends_on__lte=on)
        .exclude(pk__in=asked.values("about_id"))
        .exclude(_is_sent())
        .select_related("child", "household")
    )
    for enrollment in (found := list(over)):
        serving = who_serves(
            program=program.code, child=enrollment.child, household=enrollment.household, on=on
        )
        ask_for(
            program=program.code,
            kind=ENROLLMENT_OVER,
            title=gettext_noop("Call a family: renew, or end with a notice"),
            why=gettext_noop("The enrollment ran out, and nothing came from the family."),
            due_on=on,
            office=serving.office if serving else None,
            owner=serving.worker if serving else None,
            child=enrollment.child,
            about=enrollment,
            by=by,
        )
    return len(found)
