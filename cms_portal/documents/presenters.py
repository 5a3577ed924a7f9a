"""Papers as a page shows them: each file with its state in words, never with the name it came with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.documents.models import Document, DocumentFile, FileState

# The states of the status tag.
TAGS = {
    FileState.QUARANTINED: "waiting",
    FileState.AVAILABLE: "done",
    FileState.REFUSED: "late",
}


@dataclass(frozen=True)
class FileRow:
    """One file in a list."""

    name: str
    state: str
    state_label: str
    size: int
    url: str = ""
    refusal: str = ""


@dataclass(frozen=True)
class Paper:
    """One paper with its files."""

    document: Document
    files: list[FileRow]

    @property
    def whose(self) -> str:
        """The child the paper is about, or nothing for a paper of the home."""
        return self.document.child.called if self.document.child else ""

    @property
    def opens_on(self) -> date | None:
        """The day from which on the family can open it, while that is still to come."""
        today = programs.get(self.document.program).today()
        return None if self.document.is_open_to_family(today) else self.document.opens_on


def papers(documents: Iterable[Document], *, to_staff: bool = False) -> list[Paper]:
    """Present documents read with their child and files."""
    return [Paper(document, list(_rows(document, to_staff))) for document in documents]


def _rows(document: Document, to_staff: bool) -> Iterator[FileRow]:
    for number, file in enumerate(document.files.all(), start=1):
        yield FileRow(
            name=_("File %(number)s") % {"number": number},
            state=TAGS[FileState(file.state)],
            state_label=_label(file, to_staff),
            size=file.size,
            url=_url(document, file, to_staff),
            refusal=file.refusal,
        )


def _label(file: DocumentFile, to_staff: bool) -> str:
    if to_staff and file.state == FileState.AVAILABLE and file.scanned_at is None:
        return _("Received, not scanned")
    return str(file.get_state_display())


def _url(document: Document, file: DocumentFile, to_staff: bool) -> str:
    if file.state != FileState.AVAILABLE or document.is_withdrawn:
        return ""
    today = programs.get(document.program).today()
    may_open = to_staff or document.is_open_to_family(today)
    return reverse("documents:file", kwargs={"pk": file.pk}) if may_open else ""
