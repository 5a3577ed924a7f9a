"""A family moves to another program, with what it releases and nothing more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cms_portal import programs
from cms_portal.audit.tracking import save_tracked
from cms_portal.families import moving
from cms_portal.families.actions.authority import record_authority
from cms_portal.families.actions.dated import NotAllowedHere, end_all
from cms_portal.families.actions.households import add_child, add_guardian, open_household
from cms_portal.families.actions.locking import locked
from cms_portal.families.actions.service import assign
from cms_portal.families.models import (
    AssignmentKind,
    Authority,
    Child,
    Guardian,
    Household,
    Release,
)
from cms_portal.offices.models import Office
from cms_portal.work.actions import ask_for

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.offices.models import County

MOVED = gettext_noop("moved to another program")
CAME = gettext_noop("moved here from another program")


@transaction.atomic
def release_to_program(
    *,
    child: Child,
    guardian: Guardian,
    county: County,
    parts: Collection[str],
    words: str,
    signed_name: str,
    by: User,
    at: datetime,
) -> Child:
    """Copy the named parts of a child's record to the county's program, and close the old case as moved.

    The copy has rows of its own; neither program's staff learn what the other keeps. Another home of the
    child stays served where it is. Raises NotAllowedHere unless `guardian` may sign for the child, or if
    the household has moved there before.
    """
    on = at.astimezone(programs.get(child.program).timezone).date()
    child = locked(child)
    held = _right_to_sign(child, guardian, on)
    release = _sign(child, guardian, county.program, sorted(parts), words, signed_name, by, at)
    move = _open_copy(release, held, county, at, by)
    for key in release.parts:
        moving.part(key).copy(move)
    _close(move)
    _welcome(move, county)
    return move.new_child


def _right_to_sign(child: Child, guardian: Guardian, on: date) -> Authority:
    held = child.authorities.on(on).may_sign().filter(guardian=guardian).first()
    if held is None:
        raise NotAllowedHere(_("Only an adult who may sign for the child can release the record."))
    return held


def _sign(
    child: Child,
    guardian: Guardian,
    to_program: str,
    parts: list[str],
    words: str,
    signed_name: str,
    by: User,
    at: datetime,
) -> Release:
    household = guardian.household
    if to_program == child.program:
        raise NotAllowedHere(_("This is the program the child is in."))
    if Release.objects.filter(child=child, household=household, to_program=to_program).exists():
        raise NotAllowedHere(_("This record has moved there already."))
    if child.died_on is not None:
        raise NotAllowedHere(_("The record of a child who died stays where it is."))
    release = Release(
        child=child,
        household=household,
        program=child.program,
        to_program=to_program,
        parts=parts,
        words=words,
        signed_name=signed_name,
        signed_by=guardian,
        signed_at=at,
    )
    return save_tracked(release, by=by, reason=MOVED)


def _open_copy(
    release: Release, held: Authority, county: County, at: datetime, by: User
) -> moving.Move:
    on = at.astimezone(programs.get(county.program).timezone).date()
    speaks = _guardian_there(release, county, by)
    old = release.child
    child = add_child(
        household=speaks.household,
        starts_on=on,
        by=by,
        first_name=old.first_name,
        middle_name=old.middle_name,
        last_name=old.last_name,
        date_of_birth=old.date_of_birth,
    )
    # The paper stays behind unless it is released; without it, consent waits there.
    record_authority(guardian=speaks, child=child, kind=held.kind, starts_on=on, by=by, reason=CAME)
    return moving.Move(
        release=release,
        child=old,
        household=release.household,
        guardian=release.signed_by,
        new_child=child,
        new_household=speaks.household,
        new_guardian=speaks,
        on=on,
        by=by,
    )


def _guardian_there(release: Release, county: County, by: User) -> Guardian:
    """Return who signs, in the new program's record: known there from a sibling, or new."""
    signer, old = release.signed_by, release.household
    if signer.user is not None:
        known = Guardian.objects.filter(user=signer.user, household__program=county.program)
        if (already := known.filter(left_on__isnull=True).order_by("pk").first()) is not None:
            return already
    household: Household = open_household(
        program=county.program,
        county=county,
        by=by,
        address_is_confidential=old.address_is_confidential,
    )
    return add_guardian(
        household=household,
        user=signer.user,
        first_name=signer.first_name,
        last_name=signer.last_name,
        by=by,
    )


def _close(move: moving.Move) -> None:
    """End what this household had with the program it leaves; all of it, if no other home stays."""
    child, by = move.child, move.by
    today = programs.get(child.program).today()
    ending: dict[str, Any] = {"on": today, "by": by, "reason": MOVED}
    end_all(rows=child.memberships.filter(household=move.household), **ending)
    serving = child.assignments.all()
    if child.memberships.on(today).exists():
        serving = serving.filter(household=move.household)
    end_all(rows=serving, **ending)
    for close in moving.closers():
        close(child=child, household=move.household, **ending)


def _welcome(move: moving.Move, county: County) -> None:
    office = Office.objects.serving(county).first()
    if office is not None:
        assign(
            child=move.new_child,
            household=move.new_household,
            office=office,
            kind=AssignmentKind.INTAKE,
            starts_on=move.on,
            by=move.by,
            reason=CAME,
        )
    ask_for(
        program=county.program,
        kind="family_moved_here",
        title=gettext_noop("Welcome a family that moved here"),
        why=gettext_noop("They signed a release and brought part of their record."),
        due_on=move.on + timedelta(days=settings.MOVE_WELCOME_DAYS),
        office=office,
        child=move.new_child,
        about=move.new_child,
        by=move.by,
    )
