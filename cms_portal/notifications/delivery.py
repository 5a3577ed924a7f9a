"""Sending one message of the outbox, and what follows when it does not leave."""

from __future__ import annotations

import re
import smtplib
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from anymail.exceptions import AnymailError, AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage
from django.db import transaction
from django.utils import timezone

from cms_portal import programs
from cms_portal.audit.tracking import save_tracked
from cms_portal.families.models import Channel
from cms_portal.notifications.models import HELD_BACK, Message, MessageState
from cms_portal.notifications.moves import move_to
from cms_portal.notifications.phone import NotDelivered, phone_sender
from cms_portal.notifications.reaching import BLOCKED, give_up, is_of_a_child_who_died
from cms_portal.notifications.ways import is_kept_away, safe_address

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

TOO_LATE, GAVE_UP, ADDRESS_CHANGED = "too_late", "gave_up", "address_changed"
# A message still unsent after this needs a person.
LONGEST_WAIT = timedelta(days=2)
LONGEST_PAUSE = timedelta(hours=1)
LEAVE = re.compile(rf"^{re.escape(settings.PUBLIC_ADDRESS)}/\S+/leave/$", re.MULTILINE)


def deliver(message_id: int, *, now: datetime, by: User) -> datetime | None:
    """Send one queued message; return when to try again, or None when there is nothing more to do.

    Of two workers with the same message one finds it locked, or sent, and does nothing.
    """
    with transaction.atomic():
        message = _take(message_id)
        if message is None:
            return None
        if reason := _reason_not_to_send(message, now):
            _give_up(message, reason, now=now, by=by)
            return None
        try:
            provider_id = _send(message)
        except NotDelivered as failure:
            return _after(failure, message, now=now, by=by)
        _mark_sent(message, provider_id, now=now, by=by)
    return None


def _take(message_id: int) -> Message | None:
    return (
        Message.objects.to_send()
        .filter(pk=message_id)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("household", "to_guardian", "child")
        .first()
    )


def _reason_not_to_send(message: Message, now: datetime) -> str:
    guardian, day = message.to_guardian, _day(message, now)
    if is_of_a_child_who_died(message):
        return HELD_BACK
    if guardian and is_kept_away(guardian, message.child, day):
        return BLOCKED
    # What was safe when the message was queued may not be any more.
    if guardian and safe_address(guardian, message.channel, day) != message.address:
        return ADDRESS_CHANGED
    if message.useful_until and message.useful_until <= now:
        return TOO_LATE
    return GAVE_UP if now - message.queued_at > LONGEST_WAIT else ""


def _send(message: Message) -> str:
    """Hand the message to the service of its channel; return the service's id of it."""
    if message.channel == Channel.EMAIL:
        return _send_email(message)
    sender = phone_sender()
    if message.channel == Channel.TEXT:
        return sender.text(to=message.address, body=message.body_to_send)
    return sender.call(to=message.address, body=message.body_to_send, language=message.language)


def _send_email(message: Message) -> str:
    mail = EmailMessage(
        subject=message.subject,
        body=message.body_to_send,
        to=[message.address],
        headers=_headers(message),
    )
    try:
        mail.send()
    except (smtplib.SMTPRecipientsRefused, AnymailRecipientsRefused, BadHeaderError) as error:
        raise NotDelivered("address_refused", is_final=True) from error
    except (smtplib.SMTPException, AnymailError, OSError) as error:
        raise NotDelivered("mail_service") from error
    status = getattr(mail, "anymail_status", None)
    return str(getattr(status, "message_id", None) or "")


def _headers(message: Message) -> dict[str, str]:
    """Return what mail programs read: a machine wrote it, and how to leave what can be left.

    A mail that can be left says where on a line of its own, `…/leave/`, and that address takes a POST
    as leaving (RFC 8058).
    """
    headers = {"Auto-Submitted": "auto-generated"}
    if leave := LEAVE.search(message.body):
        headers["List-Unsubscribe"] = f"<{leave[0]}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _after(failure: NotDelivered, message: Message, *, now: datetime, by: User) -> datetime | None:
    if failure.is_final:
        _give_up(message, failure.code, now=now, by=by)
        return None
    message.tries += 1
    save_tracked(message, by=by, reason=f"not sent yet: {failure.code}")
    return now + min(timedelta(minutes=2 ** min(message.tries - 1, 10)), LONGEST_PAUSE)


def _give_up(message: Message, code: str, *, now: datetime, by: User) -> None:
    give_up(message, code, on=_day(message, now), by=by)


def _mark_sent(message: Message, provider_id: str, *, now: datetime, by: User) -> None:
    # The demo's outbox shows what a phone would: there the code stays.
    secret = message.secret if settings.DEMO_MODE else ""
    move_to(
        message,
        MessageState.SENT,
        by=by,
        reason="sent",
        sent_at=now,
        provider_id=provider_id,
        secret=secret,
    )


def _day(message: Message, now: datetime) -> date:
    zone = programs.get(message.program).timezone if message.program else None
    return timezone.localdate(now, zone)
