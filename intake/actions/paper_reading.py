"""Reading what came on paper: each file is checked and laid out; cover sheets file what is behind them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db import transaction

from cms_portal.audit.tracking import save_tracked
from cms_portal.documents import pages
from cms_portal.documents.checking import check
from cms_portal.documents.models import FilePage, FileState
from intake.actions import filing
from intake.cover_sheets import Verdict, verdict_on
from intake.inbox import left_over, locked
from intake.models import Envelope, EnvelopeScan
from intake.paper_states import EnvelopeState

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


def read(envelope_id: int, *, now: datetime, by: User) -> datetime | None:
    """Read one envelope; return when to try again, or None when there is nothing more to wait for.

    Safe to run twice and by two workers at once: each step looks whether it is done.
    """
    again_at = None
    for scan in EnvelopeScan.objects.to_lay_out().filter(envelope=envelope_id):
        again_at = check(scan.file_id, now=now, by=by) or again_at
        _lay_out(scan, by=by, at=now)
    _settle(envelope_id, by=by, at=now)
    return again_at


@transaction.atomic
def _lay_out(scan: EnvelopeScan, *, by: User, at: datetime) -> None:
    waiting = EnvelopeScan.objects.to_lay_out().filter(pk=scan.pk)
    found = waiting.select_for_update(of=("self",), skip_locked=True).first()
    if found is None or found.file.state == FileState.QUARANTINED:
        return
    found.laid_out_at = at
    if found.file.state == FileState.AVAILABLE:
        try:
            pages.lay_out(file=found.file, by=by)
        except pages.CannotLayOut:
            found.is_unreadable = True
    save_tracked(found, by=by, reason="pages laid out")


@transaction.atomic
def _settle(envelope_id: int, *, by: User, at: datetime) -> None:
    """File by cover sheets, once every file is checked; the rest is a person's to sort."""
    envelope = locked(Envelope(pk=envelope_id))
    if envelope.state != EnvelopeState.RECEIVED or envelope.scans.to_lay_out().exists():
        return
    for cover, behind in _stacks(left_over(envelope)):
        verdict, request = verdict_on(cover.code, envelope)
        if verdict != Verdict.GOOD or request is None or not behind:
            continue
        filing.file_pages(
            envelope=envelope,
            # With the sheet itself: families write on it, and whoever reads the paper reads that, too.
            pages=[page.pk for page in [cover, *behind]],
            target=filing.Target.of_request(request),
            by=by,
            at=at,
            is_by_cover_sheet=True,
        )
    envelope = locked(envelope)
    if envelope.state == EnvelopeState.RECEIVED:
        envelope.move_to(EnvelopeState.TO_SORT, by=by, at=at, reason="checked")


def _stacks(sheets: list[FilePage]) -> Iterator[tuple[FilePage, list[FilePage]]]:
    """Yield each cover sheet with the pages behind it, up to the next; nothing stands for those before."""
    covers = [place for place, sheet in enumerate(sheets) if sheet.code]
    for start, end in pairwise([*covers, len(sheets)]):
        yield sheets[start], sheets[start + 1 : end]
