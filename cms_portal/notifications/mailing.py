"""Letters on paper: printed with the day they are mailed, mailed, and sometimes come back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from cms_portal.audit.tracking import save_tracked
from cms_portal.families.actions import NotAllowedHere
from cms_portal.families.models import Channel
from cms_portal.notifications.models import HELD_BACK, Message, MessageState
from cms_portal.notifications.moves import move_to
from cms_portal.notifications.reaching import (
    BLOCKED,
    NO_SAFE_WAY,
    ask_to_reach,
    give_up,
    is_of_a_child_who_died,
)
from cms_portal.notifications.ways import is_kept_away, safe_address, way_by_mail

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.families.models import Child

RETURNED_MAIL = "returned_mail"
SAME_ON_PAPER = (
    "program",
    "household",
    "to_guardian",
    "to_user",
    "child",
    "key",
    "language",
    "title",
    "text",
    "plain_text",
    "is_urgent",
    "reply_days",
    "end_days",
    "cover_code",
    "about_type",
    "about_id",
)


@transaction.atomic
def print_letters(
    *, letters: Iterable[Message], dated_on: date, by: User, at: datetime
) -> uuid.UUID | None:
    """Gather queued letters into one batch that bears a day; return the batch, or None if it is empty.

    Each letter gets the address that is safe now. One that may not be mailed any more stays out, and
    somebody is asked to reach the family another way.
    """
    batch, printed = uuid.uuid4(), 0
    for letter in _locked(letters, MessageState.QUEUED):
        if reason := _reason_not_to_mail(letter, dated_on):
            give_up(letter, reason, on=dated_on, by=by)
            continue
        printed += 1
        move_to(
            letter,
            MessageState.PRINTED,
            by=by,
            reason="letter printed",
            address=_address(letter, dated_on),
            printed_at=at,
            printed_by=by,
            dated_on=dated_on,
            batch=batch,
        )
    return batch if printed else None


@transaction.atomic
def hold_back(*, child: Child, by: User) -> list[Message]:
    """Let nothing about a child leave any more, by any way; return what lies printed, to be taken out.

    Nobody is asked to reach the family another way.
    """
    waiting = Message.objects.filter(
        Q(child=child) | Q(pk__in=Message.objects.about(child)),
        state__in=[MessageState.QUEUED, MessageState.PRINTED],
    )
    held = list(waiting.select_for_update(of=("self",)).order_by("pk"))
    printed = [message for message in held if message.state == MessageState.PRINTED]
    for message in held:
        reason = "held back: the child died"
        move_to(message, MessageState.FAILED, by=by, reason=reason, error_code=HELD_BACK, secret="")
    return printed


@transaction.atomic
def mark_mailed(*, letters: Iterable[Message], by: User, at: datetime, today: date) -> int:
    """Keep that printed letters went into the mail on the day they bear; return how many.

    Raises NotAllowedHere before that day: a letter never bears another day than the true one.
    """
    count = 0
    for letter in _locked(letters, MessageState.PRINTED):
        if letter.dated_on is None or letter.dated_on > today:
            raise NotAllowedHere("A letter is mailed on the day it bears, not before.")
        move_to(letter, MessageState.SENT, by=by, reason="letter mailed", sent_at=at)
        count += 1
    return count


def may_still_go(letters: Iterable[Message], on: date) -> list[Message]:
    """Return those printed letters that may be mailed as they are, whatever changed since."""
    return [letter for letter in letters if not _is_stopped(letter, on)]


def _is_stopped(letter: Message, on: date) -> bool:
    day = max(on, letter.dated_on or on)
    return bool(_reason_not_to_mail(letter, day)) or _address(letter, day) != letter.address


@transaction.atomic
def take_out(*, letters: Iterable[Message], on: date, by: User) -> list[Message]:
    """Keep which printed letters may not go into the mail as they are any more, and return them.

    One that goes to another address now waits to be printed again; somebody is asked to reach the
    families of the others, where they may be reached.
    """
    stopped = [one for one in _locked(letters, MessageState.PRINTED) if _is_stopped(one, on)]
    for letter in stopped:
        if reason := _reason_not_to_mail(letter, max(on, letter.dated_on or on)):
            give_up(letter, reason, on=on, by=by)
        else:
            put_back(letters=[letter], by=by)
    return stopped


@transaction.atomic
def put_back(*, letters: Iterable[Message], by: User) -> int:
    """Return printed letters that were not mailed to the queue, for another day; return how many."""
    count = 0
    for letter in _locked(letters, MessageState.PRINTED):
        move_to(
            letter,
            MessageState.QUEUED,
            by=by,
            reason="not mailed",
            printed_at=None,
            printed_by=None,
            dated_on=None,
            batch=None,
        )
        count += 1
    return count


@transaction.atomic
def mark_returned(
    *, message: Message, on: date, by: User, error_code: str = RETURNED_MAIL
) -> Message:
    """Keep that a letter or an email came back, and ask somebody to find the right address."""
    (message,) = Message.objects.select_for_update(of=("self",)).filter(pk=message.pk)
    if message.state == MessageState.RETURNED:
        return message
    move_to(message, MessageState.RETURNED, by=by, reason="came back", error_code=error_code)
    ask_to_reach(message, on=on, by=by)
    if message.channel != Channel.LETTER and message.hint_of_id is None:
        put_on_paper(message, on=on, by=by)
    return message


def put_on_paper(message: Message, *, on: date, by: User) -> Message | None:
    """Queue as a letter what came back online, where mail is safe for its adult and not kept away."""
    guardian = message.to_guardian
    if guardian is None or is_kept_away(guardian, message.child, on):
        return None
    if is_of_a_child_who_died(message):
        return None
    way = way_by_mail(guardian, on)
    if way is None:
        return None
    same = {name: getattr(message, name) for name in SAME_ON_PAPER}
    letter = Message(**same, channel=way.channel, address=way.address)
    return save_tracked(letter, by=by, reason="on paper, as it came back")


def _locked(letters: Iterable[Message], state: str) -> Iterable[Message]:
    """Return those letters that are still in a state, locked: two people may print at once."""
    return (
        Message.objects.select_for_update(of=("self",))
        .select_related("household", "to_guardian__household", "child")
        .filter(pk__in=[letter.pk for letter in letters], channel=Channel.LETTER, state=state)
        .order_by("pk")
    )


def _reason_not_to_mail(letter: Message, on: date) -> str:
    if is_of_a_child_who_died(letter):
        return HELD_BACK
    if letter.to_guardian is None or is_kept_away(letter.to_guardian, letter.child, on):
        return BLOCKED
    return "" if _address(letter, on) else NO_SAFE_WAY


def _address(letter: Message, on: date) -> str:
    return safe_address(letter.to_guardian, Channel.LETTER, on) if letter.to_guardian else ""
