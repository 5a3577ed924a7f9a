"""The check that every file passes before anybody sees it: scanned, opened, and made anew."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from cms_portal.audit.tracking import save_tracked
from cms_portal.documents import reading_room, scanner, storing
from cms_portal.documents.apart import run_apart
from cms_portal.documents.content import HEAD, Kind, kind_of
from cms_portal.documents.models import DocumentFile, FileState, RefusalReason

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

logger = logging.getLogger(__name__)

WAIT_FOR_SCANNER = timedelta(minutes=5)
# The reading room ends itself after its CPU seconds; this is for one that hangs.
LONGEST_READING = 2 * reading_room.SECONDS
REASONS = {
    reading_room.LOCKED: RefusalReason.LOCKED,
    reading_room.ACTIVE: RefusalReason.ACTIVE,
    reading_room.TOO_LARGE: RefusalReason.TOO_LARGE,
}


@dataclass(frozen=True)
class Finding:
    """What a check found: a file to keep, or the reason why not."""

    refused_because: str = ""
    content_type: str = ""
    content: bytes = b""
    is_scanned: bool = False


def check(file_id: int, *, now: datetime, by: User) -> datetime | None:
    """Check one file; return when to try again, or None when there is nothing more to do.

    Of two workers with the same file one finds it locked, or checked, and does nothing.
    """
    try:
        with transaction.atomic():
            waiting = DocumentFile.objects.being_checked().filter(pk=file_id)
            file = waiting.select_for_update(skip_locked=True).first()
            if file is not None:
                _settle(file, examine(file), now=now, by=by)
    except scanner.ScannerUnavailable:
        logger.warning("the scanner does not answer; a file waits")
        return now + WAIT_FOR_SCANNER
    return None


def examine(file: DocumentFile) -> Finding:
    """Look at a file without changing anything; raise ScannerUnavailable or RoomClosed."""
    try:
        content = storing.read(file.stored_as)
    except FileNotFoundError:
        return Finding(RefusalReason.LOST)
    is_scanned = _scan(content)
    if is_scanned is None:
        return Finding(RefusalReason.INFECTED)
    kind = kind_of(content[:HEAD])
    if kind is None:
        return Finding(RefusalReason.WRONG_TYPE)
    return _open(content, kind, is_scanned=is_scanned)


def _scan(content: bytes) -> bool | None:
    """Say whether the file was scanned, None for a harmful one."""
    if not scanner.is_configured():
        if getattr(settings, "PRODUCTION", False):
            raise scanner.ScannerUnavailable("no scanner is configured")
        return False
    return None if scanner.is_harmful(content) else True


def _open(content: bytes, kind: Kind, *, is_scanned: bool) -> Finding:
    done = run_apart(reading_room, kind.value, content, seconds=LONGEST_READING)
    if done is None:
        return Finding(RefusalReason.TOO_LARGE)
    if done.exit_status:
        return Finding(REASONS.get(done.exit_status, RefusalReason.UNREADABLE))
    content_type = Kind.PDF if kind == Kind.PDF else Kind.JPEG
    return Finding(content_type=content_type.value, content=done.output, is_scanned=is_scanned)


def _settle(file: DocumentFile, finding: Finding, *, now: datetime, by: User) -> None:
    """Keep what may be kept under a new name, and remove what came in."""
    storing.remove_on_commit(file.stored_as)
    file.checked_at = now
    if finding.refused_because:
        file.state, file.refused_because = FileState.REFUSED, finding.refused_because
    else:
        stored = storing.store(ContentFile(finding.content), storing.CHECKED)
        file.stored_as, file.size, file.sha256 = stored.stored_as, stored.size, stored.sha256
        file.content_type, file.state = finding.content_type, FileState.AVAILABLE
        file.scanned_at = now if finding.is_scanned else None
    save_tracked(file, by=by, reason=f"file checked: {file.state}")
