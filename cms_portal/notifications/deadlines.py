"""Days that count from the day a letter truly went out: to answer by, and until which something lasts.

That day is not known while a letter is written, so its text holds `REPLY_BY` or `LAST_DAY` in its place.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import ngettext

from cms_portal import programs
from cms_portal.families.models import Channel
from cms_portal.notifications.models import Message, MessageState
from cms_portal.offices.working_days import working_day_from

REPLY_BY, LAST_DAY = "⟦reply by⟧", "⟦last day⟧"


def counts_from(message: Message) -> date | None:
    """Return the day from which the time to answer counts; None before it went out, or if it came back."""
    if message.state in (MessageState.FAILED, MessageState.RETURNED):
        return None
    days = [day for day in (message.dated_on, message.sent_on) if day is not None]
    return max(days) if days else None


def reply_by(message: Message) -> date | None:
    """Return the last day to answer, a working day; None while no time counts."""
    start = counts_from(message)
    if start is None or message.reply_days is None:
        return None
    program = programs.get(message.program)
    return working_day_from(program=program, day=start + timedelta(days=message.reply_days))


def last_day(message: Message) -> date | None:
    """Return the last day of what a message ends; None before it went out, or where it ends nothing."""
    start = counts_from(message)
    if start is None or message.end_days is None:
        return None
    return start + timedelta(days=message.end_days)


def text_of(message: Message, *, plain: bool = False) -> str:
    """Return a message in full, with the days that count from its mailing as far as they are known now.

    `plain` is the text that names no illness.
    """
    message = message.hint_of or message
    text = (plain and message.plain_text) or message.text
    with translation.override(message.language):
        if message.reply_days is not None:
            words = _words(message, reply_by(message), message.reply_days)
            text = text.replace(REPLY_BY, words)
        if message.end_days is not None:
            text = text.replace(LAST_DAY, _words(message, last_day(message), message.end_days))
    return text


def _words(message: Message, day: date | None, days: int) -> str:
    if day is not None:
        return date_format(day, "DATE_FORMAT")
    if message.channel == Channel.LETTER:
        words = ngettext(
            "{days} day after the day on the letter",
            "{days} days after the day on the letter",
            days,
        )
    else:
        words = ngettext(
            "{days} day after we send you this", "{days} days after we send you this", days
        )
    return words.format(days=days)
