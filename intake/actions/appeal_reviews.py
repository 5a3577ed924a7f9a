"""Taking a review up: screening the request, naming who reads, asking for more, handing it over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from cms_portal.audit.tracking import save_tracked
from cms_portal.work.actions import finish
from cms_portal.work.models import Task
from intake import appeal_messages
from intake.actions import appeal_packs
from intake.actions.appeals import SCREEN, under_lock
from intake.appeal_states import AppealState
from intake.appealing import may_sit, members_needed, sitting_for
from intake.models import Appeal, AppealQuestion, CommitteeSeat
from intake.states import WrongMove

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


class NotIndependent(ValueError):
    """Somebody who took part in the decision would have a say in whether it stands."""


class TooFew(ValueError):
    """The committee has fewer members than the program asks for."""


class SayWhy(ValueError):
    """A late or incomplete request is taken up, or any is turned away, only with a reason."""


@transaction.atomic
def screen(
    *,
    appeal: Appeal,
    takes_up: bool,
    is_timely: bool,
    is_complete: bool,
    words: str,
    by: User,
    at: datetime,
) -> Appeal:
    """Take a request up, or close it, by a person's word: the day alone turns nobody away.

    Whoever took part in the decision may take a request up but not turn it away (NotIndependent).
    Raises SayWhy, and WrongMove once it was screened.
    """
    appeal = under_lock(appeal)
    if not words.strip() and not (takes_up and is_timely and is_complete):
        raise SayWhy(appeal.number)
    if not takes_up and by.pk in appeal.took_part:
        raise NotIndependent(by.pk)
    appeal.is_timely, appeal.is_complete = is_timely, is_complete
    appeal.screening_words = words.strip()
    appeal.screened_by, appeal.screened_at = by, at
    state = AppealState.SCREENED if takes_up else AppealState.CLOSED
    appeal.move_to(state, by=by, at=at, reason=words.strip() or "taken up")
    for task in Task.objects.open().about(appeal).filter(kind=SCREEN):
        finish(task=task, by=by, at=at, outcome="")
    if not takes_up:
        appeal_messages.not_taken_up(appeal, by=by)
    return appeal


@transaction.atomic
def name_committee(
    *, appeal: Appeal, members: Sequence[User], by: User, at: datetime
) -> list[CommitteeSeat]:
    """Name who reads for the committee; whoever is named no more leaves their seat.

    Raises NotIndependent for somebody without the role, or who took part in the decision; TooFew; and
    WrongMove before the request is taken up and after it is decided.
    """
    appeal = under_lock(appeal)
    if not appeal.is_open or appeal.state == AppealState.REQUESTED:
        raise WrongMove(appeal.state, "committee")
    allowed = {user.pk for user in may_sit(appeal)}
    wanted = {member.pk: member for member in members}
    if not set(wanted) <= allowed:
        raise NotIndependent(appeal.number)
    if len(wanted) < members_needed(appeal.program):
        raise TooFew(appeal.number)
    sitting = {seat.member_id: seat for seat in appeal.seats.filter(left_at__isnull=True)}
    for key, seat in sitting.items():
        if key not in wanted:
            seat.left_at, seat.left_by = at, by
            save_tracked(seat, by=by, reason="another member was named")
    return [
        sitting.get(key) or _seat(appeal, member, by=by, at=at) for key, member in wanted.items()
    ]


def _seat(appeal: Appeal, member: User, *, by: User, at: datetime) -> CommitteeSeat:
    seat = CommitteeSeat(
        appeal=appeal, member=member, took_part=appeal.took_part, named_by=by, named_at=at
    )
    return save_tracked(seat, by=by, reason="named for the committee")


@transaction.atomic
def hand_over(*, appeal: Appeal, by: User, at: datetime) -> Appeal:
    """Give the committee all there is in one pack; while it reads, a newer pack with what came since.

    Raises TooFew while the committee has too few members, and WrongMove.
    """
    appeal = under_lock(appeal)
    if len(sitting_for(appeal)) < members_needed(appeal.program):
        raise TooFew(appeal.number)
    if appeal.state != AppealState.UNDER_REVIEW:
        appeal.move_to(AppealState.UNDER_REVIEW, by=by, at=at, reason="given to the committee")
    appeal_packs.make_pack(appeal=appeal, by=by, at=at)
    for task in Task.objects.open().about(appeal):
        finish(task=task, by=by, at=at, outcome="")
    return appeal


@transaction.atomic
def ask_family(
    *, appeal: Appeal, words: str, due_on: date, by: User, at: datetime
) -> AppealQuestion:
    """Ask the family for something more by a day; the time to decide goes on. Raises WrongMove."""
    appeal = under_lock(appeal)
    appeal.move_to(AppealState.INFO_REQUESTED, by=by, at=at, reason="more was asked for")
    question = AppealQuestion(appeal=appeal, words=words, due_on=due_on, asked_by=by, asked_at=at)
    save_tracked(question, by=by, reason="more was asked for")
    appeal_messages.more_asked(question, by=by)
    return question
