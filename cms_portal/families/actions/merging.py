"""Two records turn out to be of one child: they become one, by one person or by two, and it can be undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cms_portal import programs
from cms_portal.accounts.models import UserKind
from cms_portal.audit.tracking import save_tracked
from cms_portal.families.actions.dated import NotAllowedHere
from cms_portal.families.actions.following import (
    Merging,
    from_log,
    locked_now,
    move_everything,
    named,
    refused_in_words,
)
from cms_portal.families.actions.locking import both_locked
from cms_portal.families.actions.settling import move_marks
from cms_portal.families.models import (
    Authority,
    Block,
    Child,
    Guardian,
    Household,
    HouseholdMembership,
    Merge,
    MergeMove,
    NotTheSame,
)
from cms_portal.families.serving import who_serves
from cms_portal.work.actions import ask_for, finish
from cms_portal.work.models import Task

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
JOINED = gettext_noop("two records of one child were joined")
UNDONE = gettext_noop("the joining of two records was undone")


def why_two_people(one: Child, other: Child, on: date) -> list[str]:
    """Return why joining two records takes a second person; nothing if one may do it alone."""
    both = [one.pk, other.pk]
    lives = HouseholdMembership.objects.not_over_on(on).filter(child__in=both)
    hidden = Q(address_is_confidential=True) | Q(is_placement=True)
    homes = Household.objects.filter(hidden, pk__in=lives.values("household"))
    reasons = [
        (
            not _speak_for(one, on) & _speak_for(other, on),
            _("No guardian is on both records."),
        ),
        (
            Block.objects.not_over_on(on).filter(child__in=both).exists(),
            _("Somebody is kept away from one of the records."),
        ),
        (homes.exists(), _("A home on one of the records is hidden.")),
    ]
    return [words for holds, words in reasons if holds]


def _speak_for(child: Child, on: date) -> set[tuple[str, int]]:
    """Return who speaks for a child: each adult and each account, as a person may be written down twice."""
    held = Authority.objects.on(on).filter(child=child)
    found = Guardian.objects.at_home(on).filter(authorities__in=held).values_list("pk", "user")
    return {("adult", adult) for adult, _user in found} | {
        ("account", user) for _adult, user in found if user
    }


@transaction.atomic
def propose_merge(
    *,
    winner: Child,
    loser: Child,
    by: User,
    reason: str,
    kept_from_loser: Collection[str] = (),
    needs_second: bool = False,
) -> Merge:
    """Say that two records are of one child, and join them at once unless it takes a second person.

    `kept_from_loser` names the facts that the record that stays takes from the other one. Raises
    NotAllowedHere with the sentence that says what stands in the way.
    """
    winner, loser = both_locked(winner, loser)
    _refuse_told_apart(winner, loser)
    _refuse_one_death(winner, loser)
    if Merge.objects.waiting().of_pair(winner, loser).exists():
        raise NotAllowedHere(_("Somebody has proposed this already. It waits for a second person."))
    today = programs.get(winner.program).today()
    merge = Merge(
        winner=winner,
        loser=loser,
        program=winner.program,
        kept_from_loser=sorted(kept_from_loser),
        reason=reason,
        needs_second=needs_second or bool(why_two_people(winner, loser, today)),
        proposed_by=by,
        proposed_at=timezone.now(),
    )
    save_tracked(merge, by=by, reason=reason)
    if merge.needs_second:
        _ask_for_a_second_person(merge, today)
        return merge
    return _carry_out(merge, winner, loser, by)


def _refuse_told_apart(one: Child, other: Child) -> None:
    told = NotTheSame.objects.standing().about(one).about(other).first()
    if told is not None:
        raise NotAllowedHere(
            _("%(person)s said that these are two children. Take that back first.")
            % {"person": told.said_by}
        )


def _refuse_one_death(one: Child, other: Child) -> None:
    if (one.died_on is None) != (other.died_on is None):
        raise NotAllowedHere(
            _("One record says that the child died. Write that down on the other one first.")
        )


def _ask_for_a_second_person(merge: Merge, today: date) -> None:
    serving = who_serves(program=merge.program, child=merge.winner, household=None, on=today)
    ask_for(
        program=merge.program,
        kind="confirm_merge",
        title=gettext_noop("Confirm that two records are of one child"),
        why=gettext_noop("It takes two people. Compare the records, then confirm or decline."),
        due_on=today + timedelta(days=settings.MERGE_CONFIRM_DAYS),
        office=serving.office if serving else None,
        child=merge.winner,
        about=merge,
        by=merge.proposed_by,
    )


@transaction.atomic
def confirm_merge(*, merge: Merge, by: User) -> Merge:
    """Join two records as somebody else proposed; raise NotAllowedHere for the proposer."""
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if not merge.is_waiting:
        raise NotAllowedHere(_("Somebody has answered this already."))
    if merge.proposed_by_id == by.pk:
        raise NotAllowedHere(_("You proposed it, so another person confirms it."))
    winner, loser = both_locked(merge.winner, merge.loser)
    _refuse_told_apart(winner, loser)
    _refuse_one_death(winner, loser)
    return _carry_out(merge, winner, loser, by)


@transaction.atomic
def decline_merge(*, merge: Merge, by: User, reason: str) -> Merge:
    """Say no to a proposal; both records stay as they are."""
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if not merge.is_waiting:
        raise NotAllowedHere(_("Somebody has answered this already."))
    merge.declined_at, merge.declined_by = timezone.now(), by
    save_tracked(merge, by=by, reason=reason)
    _close_tasks(merge, by, reason)
    return merge


def _carry_out(merge: Merge, winner: Child, loser: Child, by: User) -> Merge:
    merging = Merging(merge, winner, loser, by, JOINED)
    facts = {name: getattr(loser, name) for name in merge.kept_from_loser}
    if facts:
        merging.change(winner, **facts)
    move_everything(merging)
    move_marks(merging)
    merging.change(loser, merged_into_id=winner.pk)
    merge.done_at, merge.done_by = timezone.now(), by
    save_tracked(merge, by=by, reason=JOINED)
    _close_tasks(merge, by, JOINED)
    return merge


def _close_tasks(merge: Merge, by: User, outcome: str) -> None:
    for task in Task.objects.open().about(merge):
        finish(task=task, by=by, at=timezone.now(), outcome=outcome)


@transaction.atomic
def undo_merge(*, merge: Merge, by: User, reason: str) -> Merge:
    """Part two records again, exactly as they were; what was recorded since stays with the one that stayed.

    Raises NotAllowedHere, naming it, if a person has changed something since that was moved.
    """
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if not merge.is_in_force:
        raise NotAllowedHere(_("This was undone already."))
    pair = Child.objects.select_for_update(of=("self",)).order_by("pk")
    locked = pair.filter(pk__in=[merge.winner_id, merge.loser_id]).in_bulk()
    winner, loser = locked[merge.winner_id], locked[merge.loser_id]
    if winner.merged_into_id:
        raise NotAllowedHere(_("The record was joined with a third one since. Undo that first."))
    merging = Merging(merge, winner, loser, by, UNDONE)
    for row, lines in _moved(merge):
        _refuse_changed(row, lines, merge)
        _put_back(merging, row, lines)
    merge.undone_at, merge.undone_by = timezone.now(), by
    return save_tracked(merge, by=by, reason=reason)


def _moved(merge: Merge) -> Iterable[tuple[Any, list[MergeMove]]]:
    """Yield each row that was moved, locked, with its lines of the log, the last first."""
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    lines = merge.moves.filter(undoes=False).order_by("-pk")
    for (relation, key), group in groupby(lines, key=lambda line: (line.relation, line.row)):
        (row,) = locked_now(models[relation]._base_manager.filter(pk=key))
        yield row, list(group)


def _refuse_changed(row: Any, lines: list[MergeMove], merge: Merge) -> None:
    """Refuse to put back a row that somebody changed: their word would be lost, or meet the wrong child."""
    since = row.history.filter(history_date__gt=merge.done_at).exclude(
        history_user__kind=UserKind.SYSTEM
    )
    later = None if isinstance(row, Child) else since.exclude(history_change_reason=UNDONE).first()
    if later is not None or not _holds(row, lines):
        who = later.history_user if later else _("Somebody")
        raise NotAllowedHere(
            _("%(who)s has changed %(what)s since. What was moved can go back only unchanged.")
            % {"who": who, "what": named(row)}
        )


def _holds(row: Any, lines: list[MergeMove]) -> bool:
    """Whether a row still holds what the merge wrote; of several lines of a column, the last one counts."""
    last = {line.column: line.became for line in reversed(lines)}
    return all(
        getattr(row, column) == from_log(row, column, value) for column, value in last.items()
    )


def _put_back(merging: Merging, row: Any, lines: list[MergeMove]) -> None:
    if getattr(row, "is_append_only", False):
        for line in lines:
            merging.follow(row, line.column, merging.loser, undoes=True)
        return
    for line in lines:
        setattr(row, line.column, from_log(row, line.column, line.was))
        merging.log(row, line.column, line.became, line.was, undoes=True)
    with refused_in_words(row):
        save_tracked(row, by=merging.by, reason=merging.reason)
