"""What staff do with a referral, from the first try to its end; who referred is told that there is news."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cms_portal import programs
from cms_portal.accounts.models import User
from cms_portal.audit.tracking import save_tracked
from cms_portal.families.models import Child
from cms_portal.offices.models import Office
from cms_portal.work.actions import finish
from cms_portal.work.models import Task
from intake import news, routing
from intake.actions import not_reached
from intake.models import Application, ContactAttempt, ContactOutcome, Referral
from intake.no_contact import is_complete
from intake.referral_receipts import Told, told_to_referrer
from intake.referral_states import CloseReason, ReferralStatus
from intake.states import WrongMove


class TriedTooLittle(ValueError):
    """A referral is not closed for want of contact before the known rule is through."""


def locked(referral: Referral) -> Referral:
    """Return the referral under lock."""
    Referral.objects.select_for_update().get(pk=referral.pk)
    # Read only now: what is joined to a row that one waits for is as it was before the waiting.
    return Referral.objects.select_related("office", "worker", "child", "joined_to").get(
        pk=referral.pk
    )


def move(
    referral: Referral,
    status: str,
    *,
    by: User,
    at: datetime,
    reason: str,
    is_quiet: bool = False,
) -> Referral:
    """Move a locked referral, close its tasks once the family is spoken with, and say that there is news."""
    referrals = [referral, *referral.joined.all()]
    before = [_told(one, referral) for one in referrals]
    referral.move_to(status, by=by, at=at, reason=reason)
    if not referral.is_waiting:
        for task in Task.objects.open().about(referral):
            finish(task=task, by=by, at=at, outcome=reason)
    for one, was in zip(referrals, before, strict=True):
        # That it was joined to another is nobody's news.
        is_news = status != ReferralStatus.JOINED and _told(one, referral) != was
        if is_news and not is_quiet:
            news.say_there_is_news(one, by=by, at=at)
    return referral


def _told(one: Referral, main: Referral) -> Told:
    """Return what the receipt of a referral says, or of one joined to it as the row stands in hand."""
    if one != main:
        one.joined_to = main
    return told_to_referrer(one)


@transaction.atomic
def log_attempt(
    *,
    referral: Referral,
    channel: str,
    outcome: str,
    reached: str,
    note: str,
    by: User,
    at: datetime,
) -> ContactAttempt:
    """Keep a try to reach the family; whom nobody has spoken with yet is then reached, or being tried.

    Raises WrongMove for a referral that is over.
    """
    referral = locked(referral)
    if not referral.is_open:
        raise WrongMove(referral.status, ReferralStatus.TRYING)
    attempt = ContactAttempt(
        referral=referral,
        channel=channel,
        outcome=outcome,
        reached=reached,
        note=note,
        by=by,
        at=at,
    )
    save_tracked(attempt, by=by, reason="tried to reach the family")
    if outcome == ContactOutcome.REACHED and referral.is_waiting:
        move(referral, ReferralStatus.REACHED, by=by, at=at, reason="spoke with the family")
    elif referral.status == ReferralStatus.RECEIVED:
        move(referral, ReferralStatus.TRYING, by=by, at=at, reason="not reached at the first try")
    if outcome != ContactOutcome.REACHED:
        not_reached.after_try(referral=referral, by=by, at=at)
    return attempt


@transaction.atomic
def take_up(*, referral: Referral, application: Application, by: User, at: datetime) -> Referral:
    """Remember the application that began with a referral; whoever gave it was reached.

    Raises WrongMove for a referral that is over, or of another program.
    """
    referral = locked(referral)
    if not referral.is_open or referral.program != application.program:
        raise WrongMove(referral.status, ReferralStatus.REACHED)
    referral.application, referral.child = application, application.child
    if referral.is_waiting:
        return move(
            referral, ReferralStatus.REACHED, by=by, at=at, reason="an application was begun"
        )
    return save_tracked(referral, by=by, reason="an application was begun")


@transaction.atomic
def hand_over(*, referral: Referral, office: Office, by: User, at: datetime) -> Referral:
    """Give an open referral to another office of the program, and its open tasks to a person there.

    Raises WrongMove where the referral is over, or the office is of another program.
    """
    referral = locked(referral)
    if not referral.is_open or office.program != referral.program:
        raise WrongMove(referral.status, referral.status)
    referral.office = office
    try:
        referral.worker = routing.worker_for(office)
    except routing.NobodyThere:
        referral.worker = None
    save_tracked(referral, by=by, reason="given to another office")
    for task in Task.objects.open().about(referral):
        task.office, task.owner = office, referral.worker
        save_tracked(task, by=by, reason="given to another office")
    return referral


@transaction.atomic
def already_served(*, referral: Referral, child: Child, by: User, at: datetime) -> Referral:
    """Say that the child has a record here; raise WrongMove where the referral is over."""
    referral = locked(referral)
    if child.program != referral.program:
        raise WrongMove(referral.status, ReferralStatus.ALREADY_SERVED)
    referral.child = child
    return move(
        referral, ReferralStatus.ALREADY_SERVED, by=by, at=at, reason="the child is with us"
    )


@transaction.atomic
def pass_on(*, referral: Referral, to: str, by: User, at: datetime) -> Referral:
    """Say that somebody else helps, and who; raise WrongMove where the referral is over."""
    referral = locked(referral)
    referral.passed_on_to = to
    return move(referral, ReferralStatus.NOT_OURS, by=by, at=at, reason="passed on")


@transaction.atomic
def close(
    *,
    referral: Referral,
    reason: str,
    words: str,
    by: User,
    at: datetime,
    is_quiet: bool = False,
) -> Referral:
    """Close a referral with a coded reason; where it is `is_quiet`, nobody is written to about it.

    Raises TriedTooLittle where the family could not be reached and not everything was tried, and
    WrongMove where the referral is over.
    """
    referral = locked(referral)
    program = programs.get(referral.program)
    if reason == CloseReason.NO_CONTACT and not is_complete(referral.attempts.all(), program):
        raise TriedTooLittle(referral.number)
    referral.close_reason, referral.close_words = reason, words
    return move(
        referral,
        ReferralStatus.CLOSED,
        by=by,
        at=at,
        reason=str(CloseReason(reason).value),
        is_quiet=is_quiet,
    )
