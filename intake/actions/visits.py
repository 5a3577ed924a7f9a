"""Planning a call or a visit, moving it, and what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from cms_portal import programs
from cms_portal.accounts.models import User
from cms_portal.audit.tracking import save_tracked
from cms_portal.families import actions as families
from cms_portal.families.models import AssignmentKind
from cms_portal.families.serving import who_serves
from cms_portal.notifications.actions import queue
from cms_portal.notifications.ways import is_kept_away
from cms_portal.offices.models import Office
from intake import routing, slots
from intake.actions import not_reached
from intake.actions.applications import locked
from intake.models import Application, Channel, Conversation, Visit, VisitState
from intake.told import contact_of


class NotFree(ValueError):
    """The office is closed then, or the worker has something else."""


class VisitOver(ValueError):
    """It took place, was moved or cancelled meanwhile."""


def who_takes(application: Application) -> tuple[Office, User]:
    """Return the office and the worker with whom a family of this application would speak.

    Before it is sent, those who serve the child already; else those it would go to.
    """
    if application.office is not None:
        return application.office, application.worker or routing.worker_for(application.office)
    serving = who_serves(
        program=application.program,
        child=application.child,
        household=application.household,
        on=programs.get(application.program).today(),
    )
    if serving is not None and serving.worker is not None:
        return serving.office, serving.worker
    office = routing.office_for(application)
    return office, routing.worker_for(office)


@transaction.atomic
def plan(
    *,
    application: Application,
    channel: str,
    starts_at: datetime,
    interpreter_language: str,
    by: User,
    at: datetime,
) -> Visit:
    """Plan a time and write to the family; whoever has one planned keeps it. Raises NotFree."""
    application = locked(application)
    already = application.visits.planned().first()
    if already is not None:
        return already
    office, worker = who_takes(application)
    visit = _keep(application, office, worker, channel, starts_at, interpreter_language, by, at)
    _let_the_office_in(visit, by=by, at=at)
    _write(visit, key="intake/visit_planned", by=by)
    return visit


@transaction.atomic
def move(*, visit: Visit, channel: str, starts_at: datetime, by: User, at: datetime) -> Visit:
    """Plan another time in place of this one, and write to the family. Raises NotFree, VisitOver."""
    visit = _still_planned(visit)
    visit.move_to(VisitState.MOVED, by=by, at=at, reason="moved to another time")
    new = _keep(
        visit.application,
        visit.office,
        visit.worker,
        channel,
        starts_at,
        visit.interpreter_language,
        by,
        at,
        moved_from=visit,
    )
    _write(new, key="intake/visit_planned", by=by)
    return new


@transaction.atomic
def cancel(*, visit: Visit, by: User, at: datetime) -> Visit:
    """Take it off the calendar and tell the family. Raises VisitOver."""
    visit = _still_planned(visit)
    visit.move_to(VisitState.CANCELLED, by=by, at=at, reason="cancelled")
    _write(visit, key="intake/visit_cancelled", by=by)
    return visit


@transaction.atomic
def close(*, visit: Visit, took_place: bool, by: User, at: datetime) -> Visit:
    """Keep whether it took place. Raises VisitOver."""
    visit = _still_planned(visit)
    state = VisitState.HELD if took_place else VisitState.MISSED
    visit.move_to(state, by=by, at=at, reason="what became of it")
    if not took_place:
        not_reached.after_missed_try(application=visit.application, by=by, at=at)
    return visit


def _keep(
    application: Application,
    office: Office,
    worker: User,
    channel: str,
    starts_at: datetime,
    interpreter_language: str,
    by: User,
    at: datetime,
    moved_from: Visit | None = None,
) -> Visit:
    program = programs.get(application.program)
    # One worker's calendar is written in turns: two families who choose one time wait here.
    User.objects.select_for_update(no_key=True).get(pk=worker.pk)
    ends_at = starts_at + timedelta(minutes=program.clock("visit_minutes"))
    local = timezone.localtime(starts_at, program.timezone)
    may_guess = channel == Channel.PHONE
    in_hours = local.time() in slots.starts_on(office, local.date(), may_guess=may_guess)
    is_open = local.date() in slots.days_open(office, at)
    if not (in_hours and is_open and slots.is_free(worker, starts_at, ends_at)):
        raise NotFree(office.name)
    visit = Visit(
        program=application.program,
        application=application,
        channel=channel,
        office=office,
        worker=worker,
        starts_at=starts_at,
        ends_at=ends_at,
        interpreter_language=interpreter_language,
        moved_from=moved_from,
        planned_by=by,
        planned_at=at,
    )
    return save_tracked(visit, by=by, reason="a time was planned")


def _let_the_office_in(visit: Visit, *, by: User, at: datetime) -> None:
    """Let the worker open the record of a child whom nobody serves for the home that asked for a call."""
    child, today = visit.child, timezone.localdate(at, programs.get(visit.program).timezone)
    serving = who_serves(
        program=visit.program, child=child, household=visit.application.household, on=today
    )
    if visit.application.is_draft and serving is None:
        families.assign(
            child=child,
            household=visit.application.household,
            office=visit.office,
            worker=visit.worker,
            kind=AssignmentKind.INTAKE,
            starts_on=today,
            by=by,
            reason=gettext_noop("the family asked to be called"),
        )


def _still_planned(visit: Visit) -> Visit:
    application = locked(visit.application)
    visit = Visit.objects.select_related("office", "worker").get(pk=visit.pk)
    if visit.state != VisitState.PLANNED:
        raise VisitOver(visit.pk)
    visit.application = application
    return visit


def _write(visit: Visit, *, key: str, by: User) -> None:
    """Write by the family's safe way; to whoever must not be written to, nothing."""
    guardian, child = contact_of(visit.application), visit.child
    if is_kept_away(guardian, child, programs.get(visit.program).today()):
        return
    queue(
        key=key,
        guardian=guardian,
        child=child,
        about=visit.application,
        values={
            "day": visit.local_start.date(),
            "time": visit.local_start.time(),
            "is_call": visit.channel == Channel.PHONE,
            "was_moved": visit.moved_from_id is not None,
            "worker": visit.worker.name,
            "office": visit.office.name,
            "street": visit.office.street,
            "city": visit.office.city,
            "interpreter": visit.interpreter_language,
        },
        by=by,
    )


@transaction.atomic
def note_conversation(
    *, application: Application, by: User, at: datetime, **told: str
) -> Conversation:
    """Keep who speaks, how, and through which interpreter; `told` are the columns of a Conversation."""
    row = Conversation(application=application, held_by=by, held_at=at, **told)
    return save_tracked(row, by=by, reason="who told the answers")
