"""The committee's word: written, signed, told, and carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from cms_portal.audit.tracking import save_tracked
from cms_portal.documents.models import Document
from eligibility import actions as eligibility
from eligibility.models import Outcome, ReasonCode, ServiceDecision
from intake import appeal_messages
from intake.actions import notices
from intake.actions.appeal_reviews import NotIndependent, TooFew
from intake.actions.appeals import under_lock
from intake.appeal_states import Answer, AppealState
from intake.appealing import members_needed, sitting_for
from intake.cases import latest_determination
from intake.models import Appeal, AppealedService, AppealEvidence, Application

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


class NotAnswered(ValueError):
    """Some service has no answer, or an answer no reasons."""


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
    sitting = sitting_for(appeal)
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
    _grant(appeal, by=by, at=at)
    return appeal


def _answer(service: AppealedService, word: Word | None, *, by: User) -> None:
    if word is None or word.answer not in Answer.values or not word.reasons.strip():
        raise NotAnswered(service.pk)
    service.answer, service.reasons = word.answer, word.reasons.strip()
    save_tracked(service, by=by, reason=service.reasons)


def _grant(appeal: Appeal, *, by: User, at: datetime) -> None:
    """Grant what the committee granted, with the notice that tells from when.

    The application stays as it is, decided or taken back: nothing else of it is open again, and a newer
    one of the family keeps no yes waiting.
    """
    application = appeal.application
    keys = []
    for service in appeal.services.filter(answer=Answer.REVERSED):
        service.granted = _yes(application, service, appeal, at=at)
        save_tracked(service, by=by, reason="granted as the committee decided")
        keys.append(service.granted.service)
    if keys:
        notices.tell_family(application=application, by=by, at=at, services=keys)


def _yes(
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


@transaction.atomic
def close(*, appeal: Appeal, by: User, at: datetime) -> Appeal:
    """Put a decided review away."""
    appeal = under_lock(appeal)
    return appeal.move_to(AppealState.CLOSED, by=by, at=at, reason="decided and carried out")
