"""Stopping to share: it bites at once, and whoever shared has it in writing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from cms_portal.families import actions
from cms_portal.families.models import Authority, AuthorityKind, Child, Guardian
from cms_portal.notifications.actions import queue
from cms_portal.notifications.ways import is_kept_away

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
