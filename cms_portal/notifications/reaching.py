"""The work a message can leave for a person: nobody could be reached, or it came back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop

from cms_portal.families.serving import who_serves
from cms_portal.notifications.models import HELD_BACK, Message, MessageState
from cms_portal.notifications.moves import move_to
from cms_portal.offices.models import Office
from cms_portal.work.actions import ask_for

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.work.models import Task

REACH_FAMILY = "reach_family"
# Why a message failed: nothing is written to this adult; no address is safe.
BLOCKED, NO_SAFE_WAY = "blocked", "no_safe_way"


def is_of_a_child_who_died(message: Message) -> bool:
    """Say whether nothing is to leave, as the child it is about has died."""
    return message.child is not None and message.child.died_on is not None


def give_up(message: Message, code: str, *, on: date, by: User) -> Message:
    """Stop trying to send a message, and ask a person to reach the family another way."""
    move_to(message, MessageState.FAILED, by=by, reason="not sent", error_code=code, secret="")
    # Nobody is asked to find another way to somebody who must not be reached.
    if code not in (BLOCKED, HELD_BACK):
        ask_to_reach(message, on=on, by=by)
    return message


def ask_to_reach(message: Message, *, on: date, by: User) -> Task | None:
    """Ask the office that serves the family to reach them another way.

    A code to nobody asks nothing; nor does a message about a child who died.
    """
    if message.household is None or is_of_a_child_who_died(message):
        return None
    worker, office = _who_serves(message, on)
    return ask_for(
        program=message.program,
        kind=REACH_FAMILY,
        title=gettext_noop("Reach a family another way"),
        why=gettext_noop("A message could not be delivered."),
        due_on=on,
        office=office,
        owner=worker,
        child=message.child,
        about=message,
        is_urgent=message.is_urgent,
        by=by,
    )


def _who_serves(message: Message, on: date) -> tuple[User | None, Office | None]:
    """Return the worker and the office that serve the child or the household, or the county's office."""
    serving = who_serves(
        program=message.program, child=message.child, household=message.household, on=on
    )
    if serving is not None:
        return serving.worker, serving.office
    county = message.household.county if message.household else None
    return None, Office.objects.serving(county).first() if county else None
