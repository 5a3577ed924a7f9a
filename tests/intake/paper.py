"""Paper as an office scans it, made on the spot, and taken in."""

from __future__ import annotations

import io
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageDraw
from qrcode.main import QRCode

from cms_portal.access.roles import Permission
from cms_portal.documents.cover_codes import PREFIX
from cms_portal.documents.policies import FILES
from intake.actions import filing, paper_mail, paper_reading
from intake.actions.filing import Target
from intake.inbox import left_over
from intake.models import Envelope
from intake.paper_states import CameBy
from tests.access.sends import day
from tests.factories import the_portal
from tests.factories.dates import NM, today

SHEET = (850, 1100)  # US Letter at 100 dots an inch, as a fax


def sheet(words: str = "A letter", code: str = "") -> Image.Image:
    """Return one scanned page; with a code it is a cover sheet."""
    page = Image.new("L", SHEET, 245)
    ImageDraw.Draw(page).text((80, 80), words, fill=20)
    if code:
        page.paste(_qr(PREFIX + code.upper()), (300, 300))
    return page


def _qr(text: str) -> Image.Image:
    drawn = QRCode(box_size=6)
    drawn.add_data(text)
    out = io.BytesIO()
    drawn.make_image().save(out)
    return Image.open(out).convert("L")


def scanned(*pages: Image.Image) -> bytes:
    """Return a stack of pages as one scanned PDF."""
    out = io.BytesIO()
    first, *rest = pages
    first.save(out, "PDF", save_all=True, append_images=rest, resolution=100)
    return out.getvalue()


def upload(content: bytes, name: str = "scan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def came(office: Any, by: Any, *files: bytes, photos: Any = (), **told: Any) -> Envelope:
    """Let one envelope come in to an office today, not read yet."""
    now = timezone.now()
    facts: dict[str, Any] = {
        "came_by": CameBy.MAIL,
        "received_on": now.date(),
        "postmarked_on": None,
        "note": "",
        "start_key": uuid.uuid4(),
    }
    return paper_mail.take_in(
        office=office,
        files=[upload(file) for file in files or (scanned(sheet()),)],
        envelope_photos=[upload(photo) for photo in photos],
        by=by,
        at=now,
        **facts | told,
    )


def read(envelope: Envelope, now: Any = None) -> Envelope:
    """Let the job read it."""
    paper_reading.read(envelope.pk, now=now or timezone.now(), by=the_portal())
    envelope.refresh_from_db()
    return envelope


def form(office: Any, *files: Any, **more: Any) -> dict[str, Any]:
    """Return what the page of taking in sends."""
    return {
        "start_key": str(uuid.uuid4()),
        "office": office.pk,
        "came_by": "mail",
        **day("received_on", today(NM)),
        "papers": list(files),
    } | more


def take_in(desk: Any, office: Any, *files: Any, **more: Any) -> Any:
    return desk.post(reverse("intake:take_in_paper"), form(office, *files, **more))


def sort(desk: Any, envelope: Envelope, **sends: Any) -> Any:
    return desk.post(envelope.get_absolute_url(), sends)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def keys(envelope: Envelope) -> list[int]:
    return [page.pk for page in left_over(envelope)]


def file_all(envelope: Envelope, target: Target, by: Any, **more: Any) -> Any:
    return filing.file_pages(
        envelope=envelope, pages=keys(envelope), target=target, by=by, at=timezone.now(), **more
    )


def home(family: Any) -> Target:
    return Target(family.child, family.household)


def may_open(user: Any, paper: Any) -> bool:
    return FILES.rows(user, Permission.DOCUMENT_VIEW).filter(document=paper).exists()
