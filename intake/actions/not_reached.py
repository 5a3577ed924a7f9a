"""What follows the tries to reach a family: a letter, and a supervisor's look. Nothing closes by it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop

from cms_portal import programs
from cms_portal.accounts.models import RoleGrant
from cms_portal.audit.tracking import save_tracked
from cms_portal.offices.working_days import working_day_from
from cms_portal.work.actions import ask_for, finish
from cms_portal.work.models import Task
from intake import enrolled_messages
from intake.models import (
    Application,
    ContactAttempt,
    ContactChannel,
    ContactOutcome,
    Referral,
)
from intake.no_contact import is_tried_enough, tries_for

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.offices.models import Office

REVIEW_NO_CONTACT, WRITE_LETTER = "review_no_contact", "write_letter"


def after_try(*, referral: Referral, by: User, at: datetime) -> None:
    """Have the letter written once enough was tried for a referral; the referral is locked.

    A family whose record we have gets it at once. Of the others we know no address: a worker finds it.
    """
    if referral.application is not None:
        after_missed_try(application=referral.application, by=by, at=at)
        return
    attempts, program = list(referral.attempts.all()), programs.get(referral.program)
    written = any(one.channel == ContactChannel.LETTER for one in attempts)
    if referral.is_waiting and not written and is_tried_enough(attempts, program):
        ask_for(
            program=referral.program,
            kind=WRITE_LETTER,
            title=gettext_noop("Write to a family that we could not reach"),
            why=gettext_noop("Enough was tried. Find an address, and print the letter."),
            due_on=_next_working_day(program.code, at),
            office=referral.office,
            owner=referral.worker,
            about=referral,
            by=by,
        )


def after_missed_try(*, application: Application, by: User, at: datetime) -> None:
    """Write to a family whose record we have, once, where enough was tried and nobody was reached."""
    program = programs.get(application.program)
    if not is_tried_enough(tries_for(application), program):
        return
    if enrolled_messages.was_written_to(application):
        return
    enrolled_messages.could_not_reach(application, by=by)
    ask_supervisor(about=application, office=application.office, by=by, at=at)


@transaction.atomic
def keep_letter(*, referral: Referral, by: User, at: datetime) -> ContactAttempt:
    """Keep that a letter to a referred family was printed to be mailed, and ask for a supervisor's look.

    Printed again on the same day it is the same letter.
    """
    Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    if (printed := _letter_of_the_day(referral, at)) is not None:
        return printed
    attempt = ContactAttempt(
        referral=referral,
        channel=ContactChannel.LETTER,
        outcome=ContactOutcome.MESSAGE_LEFT,
        by=by,
        at=at,
    )
    save_tracked(attempt, by=by, reason="wrote to the family")
    for task in Task.objects.open().about(referral).filter(kind=WRITE_LETTER):
        finish(task=task, by=by, at=at, outcome="wrote to the family")
    ask_supervisor(about=referral, office=referral.office, by=by, at=at)
    return attempt


def _letter_of_the_day(referral: Referral, at: datetime) -> ContactAttempt | None:
    zone = programs.get(referral.program).timezone
    letters = referral.attempts.filter(channel=ContactChannel.LETTER).order_by("-at")
    last = letters.first()
    same_day = last and last.at.astimezone(zone).date() == at.astimezone(zone).date()
    return last if same_day else None


def ask_supervisor(
    *, about: Application | Referral, office: Office | None, by: User, at: datetime
) -> None:
    """Ask a supervisor to look at what was tried, before anybody thinks of closing."""
    ask_for(
        program=about.program,
        kind=REVIEW_NO_CONTACT,
        title=gettext_noop("Look at what was tried to reach a family"),
        why=gettext_noop("A letter went out after the tries. Nothing is closed without you."),
        due_on=_next_working_day(about.program, at),
        office=office,
        owner=_supervisor_of(office),
        child=about.child,
        about=about,
        by=by,
    )


def _supervisor_of(office: Office | None) -> User | None:
    """Return the supervisor of the office's region, or of the program; None leaves it to the office."""
    if office is None:
        return None
    grants = RoleGrant.objects.current().filter(program=office.program)
    near = grants.filter(role="supervisor", region__isnull=False, region=office.region)
    found = near.first() or grants.filter(role="program-supervisor").first()
    return found.user if found else None


def _next_working_day(code: str, at: datetime) -> date:
    program = programs.get(code)
    today = at.astimezone(program.timezone).date()
    return working_day_from(program=program, day=today)
