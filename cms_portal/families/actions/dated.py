"""Ending rows that hold from a day until a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from cms_portal.audit.tracking import save_tracked

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


class NotAllowedHere(ValueError):
    """The record itself forbids the step; the message says why, for a person."""


def overlaps(row: Any, starts_on: date, ends_on: date | None) -> bool:
    """Say whether a dated row shares a day with the days from `starts_on` until before `ends_on`."""
    begins_before = ends_on is None or row.starts_on < ends_on
    return begins_before and (row.ends_on is None or max(starts_on, row.starts_on) < row.ends_on)


@transaction.atomic
def end(*, row: Any, on: date, by: User, reason: str) -> Any:
    """End a dated row: `on` is the first day on which it no longer holds.

    A row that has ended before stays as it is; one that has not begun never begins.
    """
    row = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.ends_on is not None and row.ends_on <= on:
        return row
    row.ends_on = max(on, row.starts_on)
    return save_tracked(row, by=by, reason=reason)


def end_all(*, rows: Any, on: date, by: User, reason: str) -> list[Any]:
    """End every row of a `DatedQuerySet` that is in force on a day or would begin after it."""
    return [end(row=row, on=on, by=by, reason=reason) for row in rows.not_over_on(on)]
