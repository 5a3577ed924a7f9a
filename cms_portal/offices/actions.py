"""Keeping an office up to date: its address, its hours, the days it is closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import TYPE_CHECKING, Any

from django.db import transaction

from cms_portal.audit import context
from cms_portal.audit.tracking import save_tracked
from cms_portal.offices.models import Closure, Office, OpeningHours

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

Opening = tuple[int, time, time]


@transaction.atomic
def correct(*, office: Office, facts: dict[str, Any], by: User, reason: str) -> Office:
    """Change what families read about an office; loading reference data leaves it alone from then on."""
    office = Office.objects.select_for_update().get(pk=office.pk)
    for name, value in facts.items():
        setattr(office, name, value)
    return save_tracked(office, by=by, reason=reason)


@transaction.atomic
def set_hours(*, office: Office, week: Iterable[Opening], by: User, reason: str) -> Office:
    """Set the hours of an ordinary week, as (weekday, opens at, closes at); stretches that stay are kept."""
    Office.objects.select_for_update().get(pk=office.pk)
    wanted = set(week)
    for row in office.hours.all():
        stretch = (row.weekday, row.opens_at, row.closes_at)
        if stretch in wanted:
            wanted.discard(stretch)
        else:
            with context.acting(by=by, reason=reason):
                row.delete()
    for weekday, opens_at, closes_at in sorted(wanted):
        save_tracked(
            OpeningHours(office=office, weekday=weekday, opens_at=opens_at, closes_at=closes_at),
            by=by,
            reason=reason,
        )
    return office


@transaction.atomic
def close(
    *,
    office: Office,
    starts_on: date,
    ends_on: date,
    reason: str,
    by: User,
    reason_es: str = "",
) -> Closure:
    """Say that an office is closed from a day through a day, and why, as families read it."""
    closure = Closure(
        office=office,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
        reason_es=reason_es,
    )
    return save_tracked(closure, by=by, reason=f"closed: {reason}")


@transaction.atomic
def take_back(*, closure: Closure, by: User) -> Office:
    """Remove a closure that will not happen; its history stays."""
    office = closure.office
    with context.acting(by=by, reason="not closed after all"):
        closure.delete()
    return office
