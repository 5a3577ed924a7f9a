"""A child died: everything stops at once, nobody is written to, and a person calls the family."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cms_portal import programs
from cms_portal.audit.tracking import save_tracked
from cms_portal.families import actions as families
from cms_portal.families.actions.locking import locked
from cms_portal.families.models import Household
from cms_portal.families.serving import who_serves
from cms_portal.notifications import mailing
from cms_portal.offices.working_days import working_days_after
from cms_portal.work.actions import ask_for, finish
from intake.actions import (
    appeals,
    applications,
    enrollments,
    helping,
    loose_ends,
    referral_moves,
    urgent_needs,
)
from intake.models import Application, Death, Enrollment
from intake.referral_states import CloseReason
from intake.states import EnrollmentState
from intake.stopping import OnItsWay

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.families.models import Child

CALL, LOOK = "call_after_death", "death_taken_back"
DIED = "the child died"


class WrongDay(ValueError):
    """Nobody dies before they are born, or on a day to come."""


@transaction.atomic
def record_death(
    *,
    child: Child,
    died_on: date,
    told_by: str,
    by: User,
    at: datetime,
    is_day_known: bool = True,
) -> Death:
    """Write down that a child died, and stop all that is open about the child in every home.

    No letter, text or mail goes out, and what has not left yet is held back. Written down twice it is
    written down once. Raises WrongDay.
    """
    child = _under_lock(child)
    already = Death.objects.standing().filter(child=child).first()
    if already is not None:
        return already
    if not child.date_of_birth <= died_on <= _today(child, at):
        raise WrongDay(child.pk)
    death = Death(
        program=child.program,
        child=child,
        is_day_known=is_day_known,
        told_by=told_by,
        kept_by=by,
        kept_at=at,
    )
    save_tracked(death, by=by, reason=DIED)
    child = families.change_child(child=child, died_on=died_on, by=by, reason=DIED)
    _stop(child, died_on, told_by=told_by, by=by, at=at)
    printed = mailing.hold_back(child=child, by=by)
    _ask_to_call(death, lies_printed=bool(printed), by=by, at=at)
    return death


def _under_lock(child: Child) -> Child:
    """Return the child under lock, after what others lock before it: its homes, and what they asked for."""
    asked = Application.objects.filter(child=child)
    homes = Household.objects.filter(pk__in=asked.values("household"))
    list(homes.select_for_update().order_by("pk"))
    list(asked.select_for_update().order_by("pk"))
    return locked(child)


def _stop(child: Child, died_on: date, *, told_by: str, by: User, at: datetime) -> None:
    open_now = OnItsWay(child)
    for need in open_now.urgent_needs:
        urgent_needs.answer(need=need, spoke_with=told_by, done=_("The child died."), by=by, at=at)
    for appeal in open_now.reviews:
        appeals.withdraw(appeal=appeal, words="", by=by, at=at, reason=DIED)
    for application in Application.objects.filter(child=child).order_by("pk"):
        if application.is_open:
            applications.withdraw(application=application, by=by, at=at, reason=DIED)
        else:
            loose_ends.end(application, by=by, at=at, reason=DIED)
    # One that ran out before is open still; one that a letter ended may have days left.
    lasting = ~Q(state=EnrollmentState.ENDED) | Q(ends_on__gt=died_on)
    for enrollment in Enrollment.objects.filter(lasting, child=child):
        enrollments.end_at_death(enrollment=enrollment, died_on=died_on, by=by, at=at)
    for invitation in open_now.invitations:
        helping.take_back(invitation=invitation, by=by, at=at)
    for helper in open_now.helpers:
        helping.end_help(helper=helper, on=max(_today(child, at), helper.starts_on), by=by)
    for referral in open_now.referrals:
        referral_moves.close(
            referral=referral, reason=CloseReason.DIED, words="", by=by, at=at, is_quiet=True
        )
    for task in open_now.tasks:
        finish(task=task, by=by, at=at, outcome=DIED)


def _ask_to_call(death: Death, *, lies_printed: bool, by: User, at: datetime) -> None:
    _ask(
        death,
        kind=CALL,
        title=gettext_noop("Call the family. No letter is sent."),
        why=gettext_noop(
            "A child died. Letters about the child lie printed: take them out of the mail first."
        )
        if lies_printed
        else gettext_noop("A child died. Everything about it has stopped; nobody was written to."),
        by=by,
        at=at,
    )


@transaction.atomic
def take_back(*, death: Death, why: str, by: User, at: datetime) -> Death:
    """Keep that a death was written down in error; nothing opens again by itself, a person looks at it."""
    child = _under_lock(death.child)
    death = Death.objects.select_related("child").get(pk=death.pk)
    if death.taken_back_at is not None:
        return death
    death.take_back(why=why, by=by, at=at)
    death.child = families.change_child(
        child=child, died_on=None, by=by, reason="written down in error"
    )
    for task in OnItsWay(child).tasks.filter(kind=CALL):
        finish(task=task, by=by, at=at, outcome="written down in error")
    _ask(
        death,
        kind=LOOK,
        title=gettext_noop("Look at what was stopped in error"),
        why=gettext_noop(
            "Applications, reviews, enrollments, visits, help and letters of this child were stopped."
            " Call the family, and open with them again what they want. Nothing opens by itself."
        ),
        by=by,
        at=at,
    )
    return death


def _ask(death: Death, *, kind: str, title: str, why: str, by: User, at: datetime) -> None:
    child, today = death.child, _today(death.child, at)
    serving = who_serves(program=child.program, child=child, household=None, on=today)
    # Nobody serves the child any more: then who took the last application.
    last = serving or Application.objects.filter(child=child, office__isnull=False).last()
    ask_for(
        program=child.program,
        kind=kind,
        title=title,
        why=why,
        due_on=working_days_after(program=programs.get(child.program), day=today, count=1),
        office=last.office if last else None,
        owner=last.worker if last and last.worker else by,
        child=child,
        about=death,
        by=by,
    )


def _today(child: Child, at: datetime) -> date:
    return timezone.localdate(at, programs.get(child.program).timezone)
