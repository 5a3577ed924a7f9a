"""Taking in what comes on paper, and closing what was sorted."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from cms_portal.accounts.models import User
from cms_portal.audit.tracking import save_tracked
from cms_portal.documents import actions as documents
from cms_portal.documents.holding import Held
from cms_portal.families.actions import NotAllowedHere
from intake import jobs
from intake.inbox import left_over, locked
from intake.models import Envelope, EnvelopeScan
from intake.paper_states import EnvelopeState

if TYPE_CHECKING:
    from cms_portal.offices.models import Office


@transaction.atomic
def take_in(
    *,
    office: Office,
    start_key: uuid.UUID,
    came_by: str,
    received_on: date,
    postmarked_on: date | None,
    files: Iterable[UploadedFile | Held],
    envelope_photos: Iterable[UploadedFile | Held],
    note: str,
    by: User,
    at: datetime,
) -> Envelope:
    """Take in one envelope, fax, scan or delivery; the same page sent twice takes in one.

    Its files are checked, and their pages laid out, after the commit.
    """
    User.objects.select_for_update().get(pk=by.pk)  # the same page sent twice takes turns here
    already = Envelope.objects.filter(start_key=start_key).first()
    if already is not None:
        return already
    envelope = Envelope(
        program=office.program,
        office=office,
        start_key=start_key,
        came_by=came_by,
        received_on=received_on,
        postmarked_on=postmarked_on,
        note=note,
        taken_by=by,
        taken_at=at,
    )
    save_tracked(envelope, by=by, reason="paper taken in")
    _keep(envelope, envelope_photos, by=by, shows_envelope=True)
    _keep(envelope, files, by=by)
    return envelope


@transaction.atomic
def add_scans(
    *, envelope: Envelope, files: Iterable[UploadedFile], by: User, at: datetime
) -> Envelope:
    """Add what was scanned again or forgotten; raise WrongMove for an envelope that is closed."""
    envelope = locked(envelope)
    if envelope.state != EnvelopeState.RECEIVED:
        envelope.move_to(EnvelopeState.RECEIVED, by=by, at=at, reason="another scan")
    _keep(envelope, files, by=by)
    return envelope


def _keep(
    envelope: Envelope,
    files: Iterable[UploadedFile | Held],
    *,
    by: User,
    shows_envelope: bool = False,
) -> None:
    for file in files:
        kept = documents.keep_file(file=file, by=by, reason="paper taken in")
        scan = EnvelopeScan(envelope=envelope, file=kept, shows_envelope=shows_envelope)
        save_tracked(scan, by=by, reason="paper taken in")
    transaction.on_commit(partial(jobs.enqueue, envelope))


@transaction.atomic
def hand_over(*, envelope: Envelope, office: Office, by: User) -> Envelope:
    """Give what came to another office of the program, which sorts it from now on."""
    envelope = locked(envelope)
    if office.program != envelope.program:
        raise NotAllowedHere("A paper stays in one program.")
    envelope.office = office
    return save_tracked(envelope, by=by, reason="given to another office")


@transaction.atomic
def leave_unmatched(*, envelope: Envelope, note: str, by: User, at: datetime) -> Envelope:
    """Keep that somebody looked and found no child for what is left; it stays in the inbox."""
    envelope = locked(envelope)
    envelope.note = note or envelope.note
    return envelope.move_to(EnvelopeState.UNMATCHED, by=by, at=at, reason="no child found")


@transaction.atomic
def mark_not_ours(*, envelope: Envelope, note: str, by: User, at: datetime) -> Envelope:
    """Close what is for somebody else, with what became of the paper; raise WrongMove if it is closed."""
    envelope = locked(envelope)
    if envelope.filings.standing().exclude(document=None).exists():
        raise NotAllowedHere("Some of it is filed with a child.")
    envelope.note = note
    return envelope.move_to(EnvelopeState.NOT_OURS, by=by, at=at, reason="not for us")


@transaction.atomic
def sort_again(*, envelope: Envelope, by: User, at: datetime) -> Envelope:
    """Put back into the inbox what was closed as not for us."""
    envelope = locked(envelope)
    return envelope.move_to(EnvelopeState.TO_SORT, by=by, at=at, reason="looked at again")


@transaction.atomic
def finish(*, envelope: Envelope, by: User, at: datetime) -> Envelope:
    """Close an envelope of which a file could not be used, once all that could be is sorted.

    Raises NotAllowedHere while a page is left or a file is checked, or if nothing was filed with a child.
    """
    envelope = locked(envelope)
    waits = envelope.scans.to_lay_out().exists() or left_over(envelope)
    if waits or not envelope.filings.standing().exclude(document=None).exists():
        raise NotAllowedHere("Something is still to sort.")
    return envelope.move_to(EnvelopeState.FILED, by=by, at=at, reason="all pages sorted")
