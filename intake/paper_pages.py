"""A family's papers as pages of a PDF: photos set on a sheet, PDFs as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from cms_portal.documents import storing
from cms_portal.documents.content import Kind
from cms_portal.documents.models import Document, DocumentFile, FileState

# US Letter, in inches; a photo is set as large as it fits.
SHEET = (8.5, 11.0)


@dataclass
class PaperPages:
    """One paper: its PDFs, how many pages they are, and on which page of the pack they begin."""

    document: Document
    pdfs: list[bytes] = field(default_factory=list)
    count: int = 0
    first_page: int = 0
    unreadable: int = 0
    is_kept_apart: bool = False


def pages_of(document: Document, *, keep_apart: bool) -> PaperPages:
    """Return what was checked of a paper; with `keep_apart`, only that there is such a paper."""
    paper = PaperPages(document, is_kept_apart=keep_apart)
    for file in [] if keep_apart else _checked(document):
        try:
            pdf = _as_pdf(file)
            paper.count += len(PdfReader(BytesIO(pdf)).pages)
        except (PyPdfError, OSError):
            paper.unreadable += 1
        else:
            paper.pdfs.append(pdf)
    return paper


def number_pages(papers: list[PaperPages], *, first: int) -> None:
    """Say of each paper with pages where it begins, when the first page after the front is `first`."""
    for paper in papers:
        if paper.count:
            paper.first_page, first = first, first + paper.count


def _checked(document: Document) -> Iterator[DocumentFile]:
    return (file for file in document.files.all() if file.state == FileState.AVAILABLE)


def _as_pdf(file: DocumentFile) -> bytes:
    content = storing.read(file.stored_as)
    if file.content_type == Kind.PDF:
        return content
    with Image.open(BytesIO(content)) as photo:
        upright = photo.convert("RGB")
    wide, high = upright.size
    made = BytesIO()
    upright.save(made, "PDF", resolution=max(wide / SHEET[0], high / SHEET[1]))
    return made.getvalue()
