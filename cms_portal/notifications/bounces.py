"""What a mail service tells us afterwards: an email that could not be delivered is a task for a person.

A service calls `mail-events/`, which exists once `settings.MAIL_EVENTS_VIEW` names the class of
django-anymail that understands it; django-anymail checks that the caller knows the shared secret.
"""

from __future__ import annotations

from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType
from django.utils import timezone

from cms_portal.accounts.actions import system_user
from cms_portal.families.models import Channel
from cms_portal.notifications.mailing import mark_returned
from cms_portal.notifications.models import Message, MessageState

CAME_BACK = {EventType.BOUNCED, EventType.REJECTED, EventType.FAILED}
BOUNCED = "bounced"


def note_bounce(sender: Any, event: AnymailTrackingEvent, **kwargs: Any) -> None:
    """Keep that an email of ours came back; what is not ours, or was told before, changes nothing."""
    if event.event_type not in CAME_BACK or not event.message_id:
        return
    message = Message.objects.filter(
        provider_id=event.message_id, channel=Channel.EMAIL, state=MessageState.SENT
    ).first()
    if message is not None:
        mark_returned(
            message=message, on=timezone.localdate(), by=system_user(), error_code=BOUNCED
        )
