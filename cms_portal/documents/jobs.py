"""The background jobs that check files."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from cms_portal.accounts.actions import system_user
from cms_portal.documents.checking import check
from cms_portal.documents.models import DocumentFile
from cms_portal.work.jobs import enqueue_at


@task
def check_file(file_id: int) -> None:
    """Check one file, or ask the queue to try again later."""
    again_at = check(file_id, now=timezone.now(), by=system_user())
    if again_at is not None:
        enqueue_at(check_file, again_at, file_id)


def enqueue(file: DocumentFile) -> None:
    """Queue the check of a file."""
    check_file.enqueue(file.pk)
