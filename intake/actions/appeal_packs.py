"""Making the file a committee reads, and handing it out only as it was made."""

from __future__ import annotations

import hashlib
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import transaction
from pypdf import PdfReader, PdfWriter

from cms_portal.audit.tracking import save_tracked
from cms_portal.documents import storing
from cms_portal.documents.models import DocumentKind
from intake.evidence_pack import front_of, papers_for
from intake.models import Appeal, EvidencePack
from intake.paper_pages import PaperPages, number_pages, pages_of

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

FOLDER = "packs"
# Page numbers that make the front a page longer are set again; it never takes more.
MOST_SETTINGS = 3


class PackChanged(RuntimeError):
    """The stored file is not the one that was made: somebody or something changed it."""


@transaction.atomic
def make_pack(*, appeal: Appeal, by: User, at: datetime) -> EvidencePack:
    """Put all that speaks for or against into one PDF, and keep it with its digest, for good."""
    home = appeal.application.household
    is_hidden = home.address_is_confidential or home.is_placement
    papers = [
        pages_of(paper, keep_apart=is_hidden and paper.kind == DocumentKind.RESIDENCE)
        for paper in papers_for(appeal)
    ]
    pdf, pages = _bound(appeal, papers)
    stored = storing.store(ContentFile(pdf), FOLDER)
    pack = EvidencePack(appeal=appeal, pages=pages, made_by=by, made_at=at, **vars(stored))
    return save_tracked(pack, by=by, reason="made for the committee")


def _bound(appeal: Appeal, papers: list[PaperPages]) -> tuple[bytes, int]:
    """Return the pack and its number of pages."""
    writer = PdfWriter(clone_from=BytesIO(_front(appeal, papers)))
    for paper in papers:
        for pdf in paper.pdfs:
            writer.append(BytesIO(pdf), import_outline=False)
    bound = BytesIO()
    writer.write(bound)
    return bound.getvalue(), len(writer.pages)


def _front(appeal: Appeal, papers: list[PaperPages]) -> bytes:
    """Return the front, set anew until the pages it names for the papers are those they have."""
    front = front_of(appeal, papers)
    for _n in range(MOST_SETTINGS if any(paper.count for paper in papers) else 0):
        length = len(PdfReader(BytesIO(front)).pages)
        number_pages(papers, first=length + 1)
        front = front_of(appeal, papers)
        if len(PdfReader(BytesIO(front)).pages) == length:
            break
    return front


def content_of(pack: EvidencePack) -> bytes:
    """Return the pack; raise PackChanged where it is not what was made, FileNotFoundError where gone."""
    content = storing.read(pack.stored_as)
    if hashlib.sha256(content).hexdigest() != pack.sha256:
        raise PackChanged(pack.pk)
    return content
