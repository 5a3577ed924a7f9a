"""Receiving papers, and giving them back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from cms_portal.audit.tracking import save_tracked
from cms_portal.documents import jobs, storing
from cms_portal.documents.content import Kind
from cms_portal.documents.holding import Held
from cms_portal.documents.limits import MOST_BYTES, MOST_FILES
from cms_portal.documents.models import Document, DocumentFile, FilePage, FileState
from cms_portal.documents.pages import bound
from cms_portal.families.actions import NotAllowedHere
from cms_portal.families.models import Authority, Block

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.families.models import Child, Household


@transaction.atomic
def add_document(
    *,
    program: str,
    household: Household,
    child: Child | None,
    kind: str,
    files: Iterable[UploadedFile],
    by: User,
    reason: str = "",
) -> Document:
    """Receive one paper of a household in one or more files, which nobody sees until they are checked.

    `PapersForm` has looked at the files before. Raises NotAllowedHere for too many or too large ones.
    """
    if household.program != program or (child is not None and child.program != program):
        raise NotAllowedHere("A paper stays in one program.")
    document = Document(program=program, household=household, child=child, kind=kind, given_by=by)
    save_tracked(document, by=by, reason=reason or "paper received")
    return add_files(document=document, files=files, by=by, reason=reason)


@transaction.atomic
def add_files(
    *, document: Document, files: Iterable[UploadedFile], by: User, reason: str = ""
) -> Document:
    """Add more photos or pages to a paper."""
    Document.objects.select_for_update().get(pk=document.pk)
    files = list(files)
    if document.files.count() + len(files) > MOST_FILES:
        raise NotAllowedHere(f"One paper holds at most {MOST_FILES} files.")
    for file in files:
        _refuse_size(file)
        stored = storing.store(file, storing.QUARANTINE)
        row = DocumentFile(document=document, **vars(stored))
        save_tracked(row, by=by, reason=reason or "file received")
        transaction.on_commit(partial(jobs.enqueue, row))
    return document


def _refuse_size(file: UploadedFile) -> None:
    if not file.size or file.size > MOST_BYTES:
        raise NotAllowedHere(f"A file holds something, and at most {MOST_BYTES} bytes.")


@transaction.atomic
def keep_file(*, file: UploadedFile | Held, by: User, reason: str) -> DocumentFile:
    """Keep a file of which nobody knows yet whose paper it is; whoever keeps it has it checked.

    One held for its form lies in quarantine already. Raises NotAllowedHere for a file that is empty or
    too large.
    """
    if isinstance(file, Held):
        stored = file.stored
    else:
        _refuse_size(file)
        stored = storing.store(file, storing.QUARANTINE)
    return save_tracked(DocumentFile(**vars(stored)), by=by, reason=reason)


@transaction.atomic
def add_pages(
    *,
    program: str,
    household: Household,
    child: Child | None,
    kind: str,
    pages: Sequence[FilePage],
    came_on: date,
    opens_on: date,
    by: User,
    at: datetime,
    reason: str,
) -> Document:
    """Make pages that came on paper one paper of a household; its family can open it from a day on."""
    if household.program != program or (child is not None and child.program != program):
        raise NotAllowedHere("A paper stays in one program.")
    document = Document(
        program=program,
        household=household,
        child=child,
        kind=kind,
        given_by=by,
        came_on=came_on,
        opens_on=opens_on,
    )
    save_tracked(document, by=by, reason=reason)
    stored = storing.store(ContentFile(bound(pages)), storing.CHECKED)
    scans = [page.file.scanned_at for page in pages]
    file = DocumentFile(
        document=document,
        state=FileState.AVAILABLE,
        content_type=Kind.PDF,
        checked_at=at,
        scanned_at=min((at for at in scans if at), default=None) if all(scans) else None,
        **vars(stored),
    )
    save_tracked(file, by=by, reason=reason)
    return document


@transaction.atomic
def withdraw(*, document: Document, by: User, at: datetime, reason: str = "") -> Document:
    """Take a paper back: it stays in the record, and nobody is shown it any more.

    Raises NotAllowedHere for a paper on which somebody's authority, or a block, rests.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.is_withdrawn:
        return document
    if any(model.objects.filter(paper=document).exists() for model in (Authority, Block)):
        raise NotAllowedHere("Somebody's right to speak for the child rests on this paper.")
    document.withdrawn_at, document.withdrawn_by = at, by
    return save_tracked(document, by=by, reason=reason or "paper taken back")
