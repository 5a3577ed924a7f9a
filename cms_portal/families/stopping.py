"""Stopping to share, and the end of a right: it bites at once, and who must know has it in writing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop

from cms_portal import programs
from cms_portal.audit.tracking import save_tracked
from cms_portal.families import actions
from cms_portal.families.actions.locking import locked
from cms_portal.families.models import (
    Authority,
    AuthorityKind,
    Child,
    Guardian,
    Release,
    ReleaseWithdrawal,
)
from cms_portal.families.serving import who_serves
from cms_portal.notifications.actions import queue
from cms_portal.notifications.ways import is_kept_away
from cms_portal.offices.models import Office
from cms_portal.work.actions import ask_for

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.notifications.models import Message


@transaction.atomic
def stop_seeing(*, row: Authority, on: date, by: User, reason: str) -> Authority:
    """End what a grown child granted to somebody, and write so to the grown child."""
    was_over = row.ends_on is not None and row.ends_on <= on
    ended: Authority = actions.end(row=row, on=on, by=by, reason=reason)
    own = Guardian.objects.filter(
        authorities__in=Authority.objects.on(on).filter(
            child=row.child, kind=AuthorityKind.OWN_APPLICANT
        )
    ).first()
    if own is not None and not was_over:
        tell_stopped(to=own, child=row.child, name=str(row.guardian), on=on, by=by)
    return ended


def tell_stopped(*, to: Guardian, child: Child, name: str, on: date, by: User) -> Message | None:
    """Write that the sharing stopped, from when, and that what was seen cannot be called back."""
    if is_kept_away(to, child, on):
        return None
    return queue(
        key="families/sharing_stopped",
        guardian=to,
        child=child,
        values={"name": name, "from_day": on},
        also_on_paper=True,
        by=by,
    )


@transaction.atomic
def withdraw_release(*, release: Release, by: User, at: datetime) -> ReleaseWithdrawal:
    """Keep that a guardian took a release back, write so to them, and ask the old office to call them.

    The copy was made as they signed, and stays: it is the other program's, which the letter says. A
    second click changes nothing.
    """
    child = locked(release.child)
    already = ReleaseWithdrawal.objects.filter(release=release).first()
    if already is not None:
        return already
    row = ReleaseWithdrawal(release=release, withdrawn_by=by, withdrawn_at=at)
    save_tracked(row, by=by, reason="the family took it back")
    on = at.astimezone(programs.get(release.program).timezone).date()
    there, county = programs.get(release.to_program).agency, release.household.county
    tell_stopped(to=release.signed_by, child=child, name=there, on=on, by=by)
    ask_for(
        program=release.program,
        kind="release_withdrawn",
        title=gettext_noop("Call a family that took back a release"),
        why=gettext_noop("Nothing more is copied. Ask whether they want to come back to us."),
        due_on=on + timedelta(days=settings.MOVE_WELCOME_DAYS),
        office=Office.objects.serving(county).first() if county else None,
        child=child,
        about=release,
        by=by,
    )
    return row


@transaction.atomic
def end_authority(*, row: Authority, on: date, reason: str, may_write: bool, by: User) -> Authority:
    """End what an adult may do for a child; they have it in writing, or a worker finds a safe way.

    Nobody writes to an adult who is blocked or moved out, nor to one who keeps another right over the
    child. The letter gives no reason, and stands apart from the child's record.
    """
    was_over = row.ends_on is not None and row.ends_on <= on
    ended: Authority = actions.end(row=row, on=on, by=by, reason=reason)
    if not was_over and _loses_sight(ended):
        (_tell_ended if may_write else _ask_how_to_tell)(ended, by=by)
    return ended


def _loses_sight(row: Authority) -> bool:
    today = programs.get(row.child.program).today()
    others = row.guardian.authorities.filter(child=row.child).exclude(pk=row.pk)
    blocks = row.child.blocks.not_over_on(today).guardians()
    return not (
        is_kept_away(row.guardian, None, today)
        or blocks.filter(pk=row.guardian_id).exists()
        or others.on(max(row.ends_on or today, today)).exists()
    )


def _tell_ended(row: Authority, *, by: User) -> None:
    queue(
        key="families/authority_ended",
        guardian=row.guardian,
        about=row.child,
        values={"name": row.child.called, "from_day": row.ends_on},
        also_on_paper=True,
        by=by,
    )


def _ask_how_to_tell(row: Authority, *, by: User) -> None:
    child = row.child
    serving = who_serves(
        program=child.program, child=child, household=None, on=programs.get(child.program).today()
    )
    ask_for(
        program=child.program,
        kind="tell_authority_ended",
        title=gettext_noop("Decide how an adult learns that their right over a child ended"),
        why=gettext_noop("No letter went, as it may not be safe. Decide it with your supervisor."),
        due_on=programs.get(child.program).today(),
        office=serving.office if serving else None,
        owner=serving.worker if serving else None,
        child=child,
        about=row,
        by=by,
    )
