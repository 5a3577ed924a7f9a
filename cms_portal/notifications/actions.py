"""Writing to people. A message is put into words at once, kept, and sent after the commit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from cms_portal import programs
from cms_portal.accounts.actions import system_user
from cms_portal.audit.tracking import save_tracked
from cms_portal.families.actions import NotAllowedHere
from cms_portal.families.models import Channel
from cms_portal.notifications import jobs
from cms_portal.notifications.models import CODE_PLACE, HELD_BACK, Message, MessageState
from cms_portal.notifications.reaching import NO_SAFE_WAY, ask_to_reach, is_of_a_child_who_died
from cms_portal.notifications.ways import (
    Way,
    is_kept_away,
    way_by_mail,
    way_to_reach,
    ways_beside_paper,
)
from cms_portal.notifications.wording import word

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.families.models import Child, Guardian


@transaction.atomic
def queue(
    *,
    key: str,
    guardian: Guardian,
    by: User,
    child: Child | None = None,
    about: models.Model | None = None,
    values: Mapping[str, Any] | None = None,
    outside: Mapping[str, Any] | None = None,
    urgent: bool = False,
    reply_days: int | None = None,
    end_days: int | None = None,
    by_mail: bool = False,
    also_on_paper: bool = False,
    language: str = "",
    cover_code: str = "",
    on: date | None = None,
) -> Message:
    """Write to an adult of a household in their language, by the way they prefer if it is safe.

    With `by_mail` it is a letter whatever they prefer, and with `language` in that one. With
    `also_on_paper` it is a letter unless they read online only, and what they prefer tells of it.

    `values` fill the message in full; `outside` what may also be said in an email, text or call: a
    day, a number, never anything about the child. Where no way is safe, the office gets a task.
    With `reply_days`, `REPLY_BY` in a value stands for the day by which to answer; with
    `end_days`, `LAST_DAY` for the last day of what ends. With `cover_code`, the letter ends with a
    cover sheet for the papers it asks for.
    What is about a child who died is kept, and held back. Raises NotAllowedHere for an adult who is
    blocked from the child.
    """
    program = guardian.household.program
    on = on or programs.get(program).today()
    if is_kept_away(guardian, child, on):
        raise NotAllowedHere("This adult has moved out, or is blocked: nothing is written to them.")
    first, *others = _ways(guardian, on, by_mail=by_mail, also_on_paper=also_on_paper)
    named = {"guardian": guardian.first_name, "child": child.called if child else ""}

    def written(way: Way, **more: Any) -> Message:
        wording = word(
            key=key,
            language=language or guardian.written_language,
            channel=way.channel,
            program=program,
            values=named | dict(values or {}),
            outside=outside,
        )
        return Message(
            program=program,
            household=guardian.household,
            to_guardian=guardian,
            to_user_id=guardian.user_id,
            child=child,
            key=key,
            language=language or guardian.written_language,
            channel=way.channel,
            address=way.address,
            is_urgent=urgent,
            about=about,
            **vars(wording),
            **more,
        )

    message = written(first, reply_days=reply_days, end_days=end_days, cover_code=cover_code)
    _send_off(message, by=by, on=on)
    for way in others:
        _send_off(written(way, hint_of=message), by=by, on=on)
    return message


def _ways(guardian: Guardian, on: date, *, by_mail: bool, also_on_paper: bool) -> list[Way]:
    """Return the way of a message, and those that tell of it; a way without a channel where none is safe."""
    if also_on_paper and not by_mail:
        found = ways_beside_paper(guardian, on)
    else:
        way = way_by_mail(guardian, on) if by_mail else way_to_reach(guardian, on)
        found = [way] if way else []
    return found or [Way("", "")]


@transaction.atomic
def write_to(
    *,
    key: str,
    channel: str,
    address: str,
    language: str,
    by: User | None = None,
    user: User | None = None,
    program: str = "",
    outside: Mapping[str, Any] | None = None,
    secret: str = "",
    useful_until: datetime | None = None,
    urgent: bool = False,
) -> Message:
    """Write by email, text or call to an address that belongs to no household, such as a subscriber's."""
    wording = word(
        key=key, language=language, channel=channel, program=program, outside=outside or {}
    )
    message = Message(
        program=program,
        to_user=user,
        key=key,
        language=language,
        channel=channel,
        address=address,
        secret=secret,
        useful_until=useful_until,
        is_urgent=urgent,
        **vars(wording),
    )
    return _send_off(message, by=by or user or system_user(), on=None)


def send_code(
    *,
    user: User | None,
    address: str,
    code: str,
    channel: str,
    language: str,
    until: datetime,
    by: User | None = None,
) -> Message:
    """Send a one-time code by email, text or call to an address that somebody says is theirs.

    It works `until` then, and is not sent later.

    The code is kept apart from the text, out of the history, and is wiped once it has left.
    """
    return write_to(
        key="notifications/sign_in_code",
        channel=channel,
        address=address,
        language=language,
        by=by,
        user=user,
        outside={"code": CODE_PLACE},
        secret=" ".join(code) if channel == Channel.VOICE else code,
        useful_until=until,
        urgent=True,
    )


def _send_off(message: Message, *, by: User, on: date | None) -> Message:
    if is_of_a_child_who_died(message):
        message.state, message.error_code = MessageState.FAILED, HELD_BACK
        return save_tracked(message, by=by, reason=f"held back: {message.key}")
    if not message.channel:
        message.state, message.error_code = MessageState.FAILED, NO_SAFE_WAY
    save_tracked(message, by=by, reason=f"message: {message.key}")
    if message.state == MessageState.FAILED and on is not None:
        ask_to_reach(message, on=on, by=by)
    elif message.channel != Channel.LETTER:
        transaction.on_commit(partial(jobs.enqueue, message))
    return message
