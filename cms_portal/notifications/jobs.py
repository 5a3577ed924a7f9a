"""The background jobs that send messages."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from cms_portal.accounts.actions import system_user
from cms_portal.notifications.delivery import deliver
from cms_portal.notifications.models import Message
from cms_portal.work.jobs import enqueue_at

URGENT, ORDINARY = 50, 0


@task
def send_message(message_id: int) -> None:
    """Send one message, or ask the queue to try again later."""
    again_at = deliver(message_id, now=timezone.now(), by=system_user())
    if again_at is not None:
        enqueue_at(send_message, again_at, message_id)


def enqueue(message: Message) -> None:
    """Queue the sending of a message; somebody who waits for a code goes first."""
    send_message.using(priority=URGENT if message.is_urgent else ORDINARY).enqueue(message.pk)
