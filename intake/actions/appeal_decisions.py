"""The committee's word: written, signed, told, and carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from cms_portal import programs
from cms_portal.audit.tracking import save_tracked
from cms_portal.documents.models import Document
from cms_portal.work.actions import ask_for
from eligibility import actions as eligibility
from eligibility.models import Outcome, ReasonCode, ServiceDecision
from intake import appeal_messages
from intake.actions import notices
from intake.actions.appeal_reviews import NotIndependent, TooFew
from intake.actions.appeals import under_lock
from intake.appeal_states import Answer, AppealState
from intake.appealing import members_needed, members_of
from intake.cases import latest_determination
from intake.models import Appeal, AppealedService, AppealEvidence, Application, Status

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

GRANT = "grant_after_review"


class NotAnswered(ValueError):
    """Some service has no answer, or an answer no reasons."""


class NotCarriedOut(ValueError):
    """A service that the committee granted is not granted yet."""


@dataclass(frozen=True)
class Word:
    """What the committee says of one service, and why."""

    answer: str
    reasons: str


@transaction.atomic
def decide(
    *,
    appeal: Appeal,
    answers: Mapping[int, Word],
    words: str,
    facts_used: str,
    papers: Sequence[Document],
    signed_name: str,
    by: User,
    at: datetime,
) -> Appeal:
    """Keep the committee's answer on each service, tell the family, and grant what it granted.

    `answers` are by the key of the appealed service. Raises NotIndependent for who has no seat or took
    part before, TooFew, NotAnswered, and WrongMove where another member was first.
    """
    appeal = under_lock(appeal)
    sitting = {member.pk for member in members_of(appeal)}
    if by.pk not in sitting or by.pk in appeal.took_part:
        raise NotIndependent(by.pk)
    if len(sitting) < members_needed(appeal.program):
        raise TooFew(appeal.number)
    appeal.decision_words, appeal.facts_used = words.strip(), facts_used.strip()
    appeal.signed_name = signed_name.strip()
    if not appeal.signed_name:
        raise NotAnswered(appeal.number)
    appeal.move_to(AppealState.DECIDED, by=by, at=at, reason="decided by the committee")
    for service in appeal.services.all():
        _answer(service, answers.get(service.pk), by=by)
    for paper in papers:
        row = AppealEvidence(appeal=appeal, document=paper)
        save_tracked(row, by=by, reason="relied on by the committee")
    appeal_messages.decided(appeal, by=by)
    return carry_out(appeal=appeal, by=by, at=at)


def _answer(service: AppealedService, word: Word | None, *, by: User) -> None:
    if word is None or word.answer not in Answer.values or not word.reasons.strip():
        raise NotAnswered(service.pk)
    service.answer, service.reasons = word.answer, word.reasons.strip()
    save_tracked(service, by=by, reason=service.reasons)


@transaction.atomic
def carry_out(*, appeal: Appeal, by: User, at: datetime) -> Appeal:
    """Grant what the committee granted, with the notice that tells from when; twice grants once.

    The application is opened again for it; one that the family took back meanwhile stays taken back, as
    this it did not. Where a newer one is open, the worker gets a task, and the committee's word waits.
    """
    appeal = under_lock(appeal)
    application = appeal.application
    waiting = [one for one in appeal.services.all() if one.waits_to_be_granted]
    if not waiting or appeal.state != AppealState.DECIDED:
        return appeal
    if not _opens_again(application, by=by, at=at):
        _ask_to_grant(appeal, by=by, at=at)
        return appeal
    for service in waiting:
        service.granted = _grant(application, service, appeal, at=at)
        save_tracked(service, by=by, reason="granted as the committee decided")
    keys = [service.granted.service for service in waiting if service.granted]
    notices.tell_family(application=application, by=by, at=at, services=keys)
    return appeal


def _opens_again(application: Application, *, by: User, at: datetime) -> bool:
    if application.status == Status.WITHDRAWN:
        return True
    if application.is_open:
        return not application.is_draft
    others = Application.objects.open().filter(
        child=application.child, household=application.household
    )
    if others.exists():
        return False
    application.move_to(Status.IN_REVIEW, by=by, at=at, reason="a review changed the decision")
    return True


def _grant(
    application: Application, service: AppealedService, appeal: Appeal, *, at: datetime
) -> ServiceDecision:
    """Return the yes, in the name of who signed for the committee, whose word needs no second person."""
    determination = latest_determination(application)
    assert determination and appeal.decided_by
    return eligibility.decide(
        determination=determination,
        service=service.decision.service,
        outcome=Outcome.AVAILABLE,
        reason_code=ReasonCode.REVIEW,
        words=service.reasons,
        by=appeal.decided_by,
        at=at,
        was_left_to_them=True,
    )


def _ask_to_grant(appeal: Appeal, *, by: User, at: datetime) -> None:
    application, program = appeal.application, programs.get(appeal.program)
    ask_for(
        program=program.code,
        kind=GRANT,
        title=gettext_noop("Grant what a review decided"),
        why=gettext_noop("The review says yes. Another application of the family is in the way."),
        due_on=timezone.localdate(at, program.timezone),
        office=application.office,
        owner=application.worker,
        child=application.child,
        about=appeal,
        by=by,
    )


@transaction.atomic
def close(*, appeal: Appeal, by: User, at: datetime) -> Appeal:
    """Put a decided review away; raises NotCarriedOut while something it granted is not granted."""
    appeal = under_lock(appeal)
    if any(service.waits_to_be_granted for service in appeal.services.all()):
        raise NotCarriedOut(appeal.number)
    return appeal.move_to(AppealState.CLOSED, by=by, at=at, reason="decided and carried out")
