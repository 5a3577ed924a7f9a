"""The background job that reads what came on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django_tasks import task

from cms_portal.accounts.actions import system_user
from cms_portal.work.jobs import enqueue_at
from intake.actions.paper_reading import read

if TYPE_CHECKING:
    from intake.models import Envelope


@task
def read_envelope(envelope_id: int) -> None:
    """Read one envelope, or ask the queue to try again later."""
    again_at = read(envelope_id, now=timezone.now(), by=system_user())
    if again_at is not None:
        enqueue_at(read_envelope, again_at, envelope_id)


def enqueue(envelope: Envelope) -> None:
    """Queue the reading of an envelope."""
    read_envelope.enqueue(envelope.pk)
