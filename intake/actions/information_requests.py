"""Asking a family for what a service still needs, and what becomes of the request."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from cms_portal import programs
from cms_portal.audit.tracking import save_tracked
from cms_portal.documents import actions as documents
from cms_portal.offices.working_days import working_day_from, working_days_after
from cms_portal.work.actions import ask_for
from intake import messages, told
from intake.actions.applications import begin_review, locked
from intake.actions.clock import reckon_time
from intake.actions.reopening import CannotOpen, open_again
from intake.asking import ASKS, proof_for, waiting_for
from intake.cases import service_cases
from intake.models import Application, InformationRequest, Status
from intake.states import REQUEST_MOVES, RequestState, check_move

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.documents.models import Document

READ_WITHIN_WORKING_DAYS = 2


class CannotAsk(ValueError):
    """Nothing can be asked like this: the application is not open, or no service waits for it."""


class TooLate(ValueError):
    """The time to go on without a new application is over."""


@transaction.atomic
def ask(
    *,
    application: Application,
    rule: str,
    words: str,
    by: User,
    at: datetime,
    although: str = "",
) -> InformationRequest:
    """Ask the family for what one rule needs; every undecided service that needs it waits for it.

    Asking for the same while it is open returns the open request. Raises CannotAsk for an application
    that is not open, for a rule that no service waits for, and for what a paper proves already, but
    with a reason (`although`).
    """
    application = locked(application)
    if not application.is_open or application.is_draft:
        raise CannotAsk(application.number)
    already = application.information_requests.open().filter(rule=rule).first()
    if already is not None:
        return already
    services = waiting_for(application, rule)
    if rule not in ASKS or not services:
        raise CannotAsk(rule)
    program = programs.get(application.program)
    days = timedelta(days=program.clock("information_request_days"))
    today = timezone.localdate(at, program.timezone)
    proof = proof_for(application, rule, today)
    if proof is not None and not although:
        raise CannotAsk(rule)
    request = InformationRequest(
        application=application,
        rule=rule,
        services=services,
        words=words,
        although=although if proof else "",
        due_on=working_day_from(program=program, day=today + days),
        asked_by=by,
        asked_at=at,
    )
    save_tracked(request, by=by, reason="asked the family")
    application = begin_review(application=application, by=by, at=at)
    reckon_time(application=application, by=by, on=today)
    messages.information_asked(request, by=by)
    return request


@transaction.atomic
def answer(
    *,
    request: InformationRequest,
    words: str,
    files: list[Any],
    by: User,
    at: datetime,
) -> InformationRequest:
    """Keep what the family sends or says; the time to decide goes on, and a worker reads it.

    Raises TooLate for a request that was closed longer ago than the family has to come back, and
    WrongMove for one that is answered or not needed any more.
    """
    application, request = _locked(request)
    check_move(REQUEST_MOVES, request.state, RequestState.ANSWERED)
    if request.state == RequestState.NOT_RECEIVED:
        _open_again(application, request, by=by, at=at, day=_today(application, at))
    if files:
        request.document = _keep_paper(request, files, by=by)
    return _close_as_answered(
        request, words=words, asks_to_read=not by.is_staff_member, by=by, at=at
    )


def _keep_paper(request: InformationRequest, files: list[Any], *, by: User) -> Document:
    application = request.application
    return documents.add_document(
        program=application.program,
        household=application.household,
        child=application.child,
        kind=ASKS[request.rule].kind or "other",
        files=files,
        by=by,
    )


@transaction.atomic
def keep_besides(
    *, request: InformationRequest, words: str, files: list[Any], by: User, at: datetime
) -> InformationRequest:
    """Keep what comes for a request that is closed, and ask the worker to read it; it opens nothing."""
    application, request = _locked(request)
    if files:
        _keep_paper(request, files, by=by)
        told.read_anew(application)
    if words and words not in request.answer:
        request.answer = "\n".join(filter(None, [request.answer, words]))
        save_tracked(request, by=by, reason="came after it was closed")
    if not by.is_staff_member:
        _ask_to_read(application, by=by, on=_today(application, at))
    return request


@transaction.atomic
def answer_on_paper(
    *,
    request: InformationRequest,
    paper: Document,
    sent_on: date,
    came_on: date,
    by: User,
    at: datetime,
) -> InformationRequest:
    """Keep that a paper which came to an office answers a request, and ask the worker to read it.

    For the family counts the day it was sent: by then it is in time, also where the request was closed
    before the paper came. Our own time runs again from the day it came. Raises as `answer` does.
    """
    application, request = _locked(request)
    if request.state == RequestState.NOT_RECEIVED:
        _open_again(application, request, by=by, at=at, day=sent_on)
    request.document, request.answered_on = paper, came_on
    return _close_as_answered(request, words="", asks_to_read=True, by=by, at=at)


def _close_as_answered(
    request: InformationRequest, *, words: str, asks_to_read: bool, by: User, at: datetime
) -> InformationRequest:
    application = request.application
    told.read_anew(application)
    request.move_to(RequestState.ANSWERED, by=by, at=at, reason="answered", answer=words)
    reckon_time(application=application, by=by, on=_today(application, at))
    if asks_to_read:
        _ask_to_read(application, by=by, on=_today(application, at))
    return request


@transaction.atomic
def ask_again(*, request: InformationRequest, by: User, at: datetime) -> InformationRequest:
    """Wait for the family again: the paper that seemed to answer was another family's.

    That was our mistake, so there is time to send it even where the day asked for is near or over.
    """
    application, request = _locked(request)
    if request.state != RequestState.ANSWERED:
        return request
    request.document = request.answered_on = None
    is_asked_anew = application.information_requests.open().filter(rule=request.rule).exists()
    if is_asked_anew or not application.is_open:
        request.move_to(RequestState.CANCELLED, by=by, at=at, reason="filed by mistake")
    else:
        program = programs.get(application.program)
        days = timedelta(days=program.clock("information_reminder_days_before"))
        soonest = working_day_from(program=program, day=_today(application, at) + days)
        request.due_on, request.reminded_at = max(request.due_on, soonest), None
        request.move_to(RequestState.OPEN, by=by, at=at, reason="filed by mistake")
    reckon_time(application=application, by=by, on=_today(application, at))
    return request


def _locked(request: InformationRequest) -> tuple[Application, InformationRequest]:
    """Lock the application first, then the request, as everywhere."""
    application = locked(request.application)
    request = InformationRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    request.application = application
    return application, request


def _open_again(
    application: Application, request: InformationRequest, *, by: User, at: datetime, day: date
) -> None:
    if day >= comes_back_until(request):
        raise TooLate(application.number)
    try:
        open_again(application, by=by, at=at, reason="the family came back")
    except CannotOpen as closed:
        raise TooLate(application.number) from closed


def comes_back_until(request: InformationRequest) -> date:
    """Return the first day on which a closed request can no longer be answered."""
    days = programs.get(request.application.program).clock("resume_days")
    return (request.closed_on or request.due_on) + timedelta(days=days)


def _ask_to_read(application: Application, *, by: User, on: date) -> None:
    """Ask the worker of an application to read what a family sent."""
    ask_for(
        program=application.program,
        kind="read_answer",
        title=gettext_noop("Read what a family sent"),
        why=gettext_noop("The family answered what we asked. Our time to decide runs again."),
        due_on=working_days_after(
            program=programs.get(application.program), day=on, count=READ_WITHIN_WORKING_DAYS
        ),
        office=application.office,
        owner=application.worker,
        child=application.child,
        about=application,
        by=by,
    )


@transaction.atomic
def cancel(*, request: InformationRequest, by: User, at: datetime) -> InformationRequest:
    """Take a request back that is not needed; the time it stood open counts as ours."""
    application, request = _locked(request)
    if request.is_open:
        request.move_to(RequestState.CANCELLED, by=by, at=at, reason="not needed any more")
        reckon_time(application=application, by=by, on=_today(application, at))
    return request


@transaction.atomic
def close_unanswered(*, request: InformationRequest, by: User, at: datetime) -> InformationRequest:
    """Close what a family did not send: no refusal, and for a while it can still send it.

    Raises CannotAsk before the day asked for is over.
    """
    application, request = _locked(request)
    if not request.is_open:
        return request
    if _today(application, at) <= request.due_on:
        raise CannotAsk(application.number)
    request.move_to(RequestState.NOT_RECEIVED, by=by, at=at, reason="papers not received")
    if not any(case.owes_answer for case in service_cases(application)) and application.is_open:
        told_something = application.notices.exists()
        status = Status.DECIDED if told_something else Status.CLOSED
        application.move_to(status, by=by, at=at, reason="papers not received")
    reckon_time(application=application, by=by, on=_today(application, at))
    messages.papers_not_received(request, until=comes_back_until(request), by=by)
    return request


def _today(application: Application, at: datetime) -> date:
    return timezone.localdate(at, programs.get(application.program).timezone)
