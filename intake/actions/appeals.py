"""Asking for a review of a refusal, adding to the request, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from cms_portal import programs
from cms_portal.accounts.actions import system_user
from cms_portal.audit.tracking import save_tracked
from cms_portal.documents import actions as documents
from cms_portal.documents.models import Document, DocumentKind
from cms_portal.offices.working_days import working_days_after
from cms_portal.work.actions import ask_for
from intake import appeal_messages, told
from intake.actions.applications import locked
from intake.appeal_states import OPEN, AppealChannel, AppealState
from intake.appealing import open_appeal, refusals_of, took_part
from intake.models import Appeal, AppealedService, AppealPart, Application, Notice

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from eligibility.models import ServiceDecision

SCREEN, READ_MORE = "screen_review", "read_review_part"
ACT_WITHIN_WORKING_DAYS = 2


class NothingToReview(ValueError):
    """The notice told no such refusal, or it was looked at again already, or changed to a yes."""


class AppealOver(ValueError):
    """The review was decided, closed or taken back meanwhile."""


@dataclass(frozen=True)
class Request:
    """A request as it came: by which way, on which days, from whom, and in which words."""

    received_on: date
    channel: str = AppealChannel.PORTAL
    postmarked_on: date | None = None
    name: str = ""
    address: str = ""
    phones: str = ""
    narrative: str = ""


@transaction.atomic
def ask(
    *,
    notice: Notice,
    decisions: Sequence[int],
    request: Request,
    files: Sequence[Any],
    by: User,
    at: datetime,
) -> Appeal:
    """Keep a request for a review of some refusals of one notice, on time or late.

    While one is open, what is asked again is added to it: nothing is lost, there is one review, and the
    earliest day it was asked counts. Raises NothingToReview, also for a child who died.
    """
    application = locked(notice.application)
    asked = [one for one in refusals_of(notice) if one.pk in decisions]
    if not asked or application.child.died_on is not None:
        raise NothingToReview(application.number)
    already = open_appeal(notice)
    if already is not None:
        return _ask_more_of(already, asked, request, files, by=by, at=at)
    appeal = Appeal(
        program=application.program,
        application=application,
        notice=notice,
        due_on=_due_on(application.program, request),
        took_part=took_part(asked),
        kept_by=by,
        kept_at=at,
        **vars(request),
    )
    save_tracked(appeal, by=by, reason="a review was asked for")
    _add_services(appeal, asked, by=by, at=at)
    _keep_part(appeal, words="", files=files, by=by, at=at)
    _ask_to_screen(appeal, by=by, at=at)
    appeal_messages.received(appeal, by=by)
    return appeal


def _due_on(program: str, request: Request) -> date:
    """Return by which day the committee answers: its days count from the day the request came."""
    days = programs.get(program).clock("review_decision_days")
    return request.received_on + timedelta(days=days)


def _ask_more_of(
    appeal: Appeal,
    asked: Sequence[ServiceDecision],
    request: Request,
    files: Sequence[Any],
    *,
    by: User,
    at: datetime,
) -> Appeal:
    appeal = under_lock(appeal)
    words = request.narrative if request.narrative != appeal.narrative else ""
    has_grown = _add_services(appeal, asked, by=by, at=at)
    has_grown |= _keep_what_is_told_anew(appeal, request, by=by)
    part = _keep_part(appeal, words=words, files=files, by=by, at=at)
    if (part or has_grown) and appeal.state != AppealState.REQUESTED:
        _ask_to_read(appeal, by=by, at=at)
    return appeal


def _keep_what_is_told_anew(appeal: Appeal, request: Request, *, by: User) -> bool:
    """Keep the earliest day, where the family is reached now, and a name that was lacking."""
    told: dict[str, Any] = {"address": request.address, "phones": request.phones}
    told |= {} if appeal.name else {"name": request.name}
    if (request.postmarked_on or request.received_on) < appeal.asked_on:
        told |= {
            "channel": request.channel,
            "received_on": request.received_on,
            "postmarked_on": request.postmarked_on,
            "due_on": min(appeal.due_on, _due_on(appeal.program, request)),
        }
    new = {key: value for key, value in told.items() if value != getattr(appeal, key)}
    new = {key: value for key, value in new.items() if value or key == "postmarked_on"}
    for key, value in new.items():
        setattr(appeal, key, value)
    if new:
        save_tracked(appeal, by=by, reason="a review was asked for again")
    return bool(new)


def _add_services(
    appeal: Appeal, asked: Sequence[ServiceDecision], *, by: User, at: datetime
) -> bool:
    """Add what is not in the review yet; return whether anything was."""
    known = set(appeal.services.values_list("decision", flat=True))
    new = [decision for decision in asked if decision.pk not in known]
    for decision in new:
        row = AppealedService(appeal=appeal, decision=decision)
        save_tracked(row, by=by, reason="a review was asked for")
    everybody = sorted({*appeal.took_part, *took_part(new)})
    if everybody != appeal.took_part:
        appeal.took_part = everybody
        save_tracked(appeal, by=by, reason="a review was asked for")
        for seat in appeal.seats.filter(left_at__isnull=True, member__in=everybody):
            # Nobody chose this: it follows from what the family asks.
            seat.left_at, seat.left_by = at, system_user()
            save_tracked(seat, by=system_user(), reason="took part in what is asked about now, too")
    return bool(new)


def _keep_part(
    appeal: Appeal, *, words: str, files: Sequence[Any], by: User, at: datetime
) -> AppealPart | None:
    if not words and not files:
        return None
    part = AppealPart(
        appeal=appeal,
        question=appeal.questions.filter(answers__isnull=True).last(),
        words=words,
        document=_keep_paper(appeal.application, files, by=by) if files else None,
        sent_by=by,
        sent_at=at,
    )
    return save_tracked(part, by=by, reason="sent for a review")


def _keep_paper(application: Application, files: Sequence[Any], *, by: User) -> Document:
    paper = documents.add_document(
        program=application.program,
        household=application.household,
        child=application.child,
        kind=DocumentKind.OTHER,
        files=files,
        by=by,
        reason="sent for a review",
    )
    told.read_anew(application)
    return paper


def _ask_to_screen(appeal: Appeal, *, by: User, at: datetime) -> None:
    _ask_office(
        appeal,
        kind=SCREEN,
        title=gettext_noop("Look at a request for a review"),
        why=gettext_noop("A family asks that other people look at a decision again."),
        by=by,
        at=at,
    )


def _ask_to_read(appeal: Appeal, *, by: User, at: datetime) -> None:
    _ask_office(
        appeal,
        kind=READ_MORE,
        title=gettext_noop("Read what came for a review"),
        why=gettext_noop("The family sent something for the review it asked for."),
        by=by,
        at=at,
    )


def _ask_office(appeal: Appeal, *, kind: str, title: str, why: str, by: User, at: datetime) -> None:
    """Ask the office; a supervisor of it takes the request up."""
    program = programs.get(appeal.program)
    ask_for(
        program=program.code,
        kind=kind,
        title=title,
        why=why,
        due_on=working_days_after(
            program=program,
            day=timezone.localdate(at, program.timezone),
            count=ACT_WITHIN_WORKING_DAYS,
        ),
        office=appeal.application.office,
        child=appeal.application.child,
        about=appeal,
        by=by,
    )


@transaction.atomic
def add(
    *, appeal: Appeal, words: str, files: Sequence[Any], by: User, at: datetime
) -> AppealPart | None:
    """Keep what the family sends besides, or because it was asked, late or not; a person weighs it.

    Return None where nothing came. Raises AppealOver once the review is decided or taken back.
    """
    appeal = under_lock(appeal)
    if appeal.state not in OPEN:
        raise AppealOver(appeal.number)
    part = _keep_part(appeal, words=words, files=files, by=by, at=at)
    if part is not None and not by.is_staff_member:
        _ask_to_read(appeal, by=by, at=at)
    return part


@transaction.atomic
def withdraw(
    *,
    appeal: Appeal,
    words: str,
    by: User,
    at: datetime,
    reason: str = "taken back by the family",
) -> Appeal:
    """End a review at the family's wish, or with the enrollment; what it asked about stays as it is.

    Taking it back twice takes it back once. Raises WrongMove once it is decided.
    """
    appeal = under_lock(appeal)
    if appeal.state == AppealState.WITHDRAWN:
        return appeal
    appeal.withdrawn_words = words
    return appeal.move_to(AppealState.WITHDRAWN, by=by, at=at, reason=reason)


def under_lock(appeal: Appeal) -> Appeal:
    """Return a review under lock, its application locked before it, as everywhere."""
    application = locked(appeal.application)
    Appeal.objects.select_for_update().get(pk=appeal.pk)
    appeal = Appeal.objects.select_related("notice__message").get(pk=appeal.pk)
    appeal.application = appeal.notice.application = application
    return appeal
