"""What becomes of dated rows, tasks and marks of two records that are joined."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cms_portal.families.actions.dated import NotAllowedHere, overlaps
from cms_portal.families.actions.following import Merging, settles
from cms_portal.families.models import (
    Assignment,
    AssignmentKind,
    Authority,
    Block,
    Child,
    HouseholdMembership,
    NotTheSame,
)
from cms_portal.families.rights import RIGHTS
from cms_portal.work.models import Task

ONE_TASK_IS_ENOUGH = gettext_noop("Two records were joined; the other one has this task, too.")


@settles(HouseholdMembership)
def _one_home(merging: Merging, row: Any) -> dict[str, Any]:
    return _fit(merging, row, merging.winner.memberships.filter(household=row.household_id))


@settles(Block)
def _one_block(merging: Merging, row: Any) -> dict[str, Any]:
    same = merging.winner.blocks.filter(user=row.user_id, guardian=row.guardian_id)
    return _fit(merging, row, same)


@settles(Authority)
def _one_authority(merging: Merging, row: Any) -> dict[str, Any]:
    """What an adult may do is not for a machine to choose: it must be the same on both records."""
    held = merging.winner.authorities.filter(guardian=row.guardian_id)
    same = ("kind", *RIGHTS, "paper_ends_on")
    for other in held:
        differs = any(getattr(row, name) != getattr(other, name) for name in same)
        if differs and overlaps(row, other.starts_on, other.ends_on):
            raise NotAllowedHere(
                _(
                    "%(guardian)s may not do the same for both records. Record or end the authority on one"
                    " of them first."
                )
                % {"guardian": row.guardian}
            )
    return _fit(merging, row, held)


@settles(Assignment)
def _who_goes_on_serving(merging: Merging, row: Any) -> dict[str, Any]:
    """Who serves the record that stays goes on; the other's turn is cut where the two would overlap."""
    if row.kind == AssignmentKind.COVER:
        return {}
    rivals = merging.winner.assignments.filter(kind=row.kind)
    if row.kind == AssignmentKind.INTAKE:
        rivals = rivals.filter(household=row.household_id)
    starts, ends = row.starts_on, row.ends_on
    for rival in rivals.exclude(ends_on=F("starts_on")).order_by("starts_on"):
        if not _share_a_day(starts, ends, rival):
            continue
        if _later(ends, rival.ends_on):
            starts = rival.ends_on
        elif starts < rival.starts_on:
            ends = rival.starts_on
        else:
            ends = starts
    return {"starts_on": starts, "ends_on": ends}


def _fit(merging: Merging, row: Any, same: Any) -> dict[str, Any]:
    """Let two rows that say the same cover the days of both, and no day twice.

    A row that the other one covers keeps no days; its place in the record, and its history, stay.
    """
    starts, ends = row.starts_on, row.ends_on
    for other in same.exclude(ends_on=F("starts_on")).order_by("starts_on"):
        if not _share_a_day(starts, ends, other):
            continue
        begins_before, goes_on_after = starts < other.starts_on, _later(ends, other.ends_on)
        if begins_before and goes_on_after:
            merging.change(other, ends_on=other.starts_on)
        elif begins_before:
            ends = other.starts_on
        elif goes_on_after:
            starts = other.ends_on
        else:
            ends = starts
    return {"starts_on": starts, "ends_on": ends}


def _share_a_day(starts: date, ends: date | None, other: Any) -> bool:
    return (ends is None or starts < ends) and overlaps(other, starts, ends)


def _later(one: date | None, other: date | None) -> bool:
    return other is not None and (one is None or one > other)


@settles(Task)
def _one_task(merging: Merging, row: Any) -> dict[str, Any]:
    """Of two open tasks of one kind, about the one and about the other record, one is enough."""
    if row.done_at is not None or row.about_id != merging.loser.pk:
        return {}
    twice = Task.objects.open().about(merging.winner).filter(kind=row.kind)
    if row.about_type.model_class() is not Child or not twice.exists():
        return {}
    return {
        "done_at": timezone.now(),
        "done_by_id": merging.by.pk,
        "outcome": ONE_TASK_IS_ENOUGH,
    }


def move_marks(merging: Merging) -> None:
    """Let who was told apart from the loser be told apart from the winner, each pair in its order."""
    told = NotTheSame.objects.standing()
    for mark in told.about(merging.loser).select_for_update(of=("self",)).order_by("pk"):
        (other,) = {mark.first_id, mark.second_id} - {merging.loser.pk}
        first, second = sorted([merging.winner.pk, other])
        if not told.filter(first=first, second=second).exists():
            merging.change(mark, first_id=first, second_id=second)
