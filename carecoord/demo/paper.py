"""What came by mail to Santa Fe: one that nobody could match, one of today, one with a cover sheet."""

from __future__ import annotations

import io
import json
import uuid
from datetime import datetime, timedelta
from typing import Any

import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from carecoord.demo import families as home
from cms_portal import programs
from cms_portal.accounts.actions import system_user
from cms_portal.accounts.models import User
from cms_portal.documents.cover_codes import drawn
from cms_portal.families.models import AssignmentKind
from intake.actions import information_requests, paper_mail, paper_reading
from intake.models import Application, Envelope
from intake.paper_states import CameBy

UNMATCHED_DAYS, ASKED_DAYS = 9, 12

# Letters as they lie in the mail. All names are made up.
LETTER = """
#set page(paper: "us-letter", margin: 1.2in)
#set text(font: "Libertinus Serif", size: 22pt)
#let sheet = json(bytes(sys.inputs.sheet))
#if sheet.code != "" { align(center, image(bytes(sheet.code), format: "svg", width: 2.6in)); pagebreak() }
#for page in sheet.pages {
  for line in page { par(line) }
  if page != sheet.pages.last() { pagebreak() }
}
"""


def make_paper_mail(staff: dict[str, User], now: datetime) -> None:
    """Let three envelopes come in, read as a worker's machine reads them."""
    ida = staff["ida"]
    nobody = _came(
        ida,
        now - timedelta(days=UNMATCHED_DAYS),
        [
            [
                "To whom it may concern:",
                "My son starts school in the fall. Enclosed is what you asked.",
            ]
        ],
        postmark_days=3,
        envelope_photo=True,
    )
    paper_mail.leave_unmatched(
        envelope=nobody, note="No name inside, no sender on the envelope.", by=ida, at=now
    )
    _came(
        ida,
        now,
        [
            ["Medicaid Office", "Lucía Gallegos", "We have received the application."],
            ["Page 2", "The answer will come by mail."],
            ["Rent agreement", "Between Rosa Gallegos and Cerrillos Homes"],
        ],
        postmark_days=2,
    )
    _with_cover_sheet(staff, now)


def _with_cover_sheet(staff: dict[str, User], now: datetime) -> None:
    """A child of Las Cruces whose family put the cover sheet on top: it was filed by itself."""
    waiting = Application.objects.open().filter(
        program=home.NM,
        child__assignments__worker=staff["cleo"],
        child__assignments__kind=AssignmentKind.PRIMARY,
        submitted_at__lt=now - timedelta(days=20),
        information_requests__isnull=True,
    )
    application = waiting.order_by("submitted_at")[1]
    request = information_requests.ask(
        application=application,
        rule="covered_condition",
        words="",
        by=staff["nora"],
        at=now - timedelta(days=ASKED_DAYS),
    )
    letter = ["Mesilla Valley Pediatrics", "Dr. Wendy Kee", "The diagnosis is confirmed."]
    _came(staff["ida"], now, [letter], code=request.cover_code, postmark_days=1)


def _came(
    by: User,
    at: datetime,
    pages: list[list[str]],
    *,
    code: str = "",
    postmark_days: int,
    envelope_photo: bool = False,
) -> Envelope:
    office = by.role_grants.get().office
    assert office
    received_on = at.astimezone(programs.get(office.program).timezone).date()
    photos = [_file(_photo_of_envelope(), "envelope.jpg")] if envelope_photo else []
    envelope = paper_mail.take_in(
        office=office,
        start_key=uuid.uuid4(),
        came_by=CameBy.MAIL,
        received_on=received_on,
        postmarked_on=received_on - timedelta(days=postmark_days),
        files=[_file(_scan(pages, code), "scan.pdf")],
        envelope_photos=photos,
        note="",
        by=by,
        at=at,
    )
    paper_reading.read(envelope.pk, now=at, by=system_user())
    envelope.refresh_from_db()
    return envelope


def _file(content: bytes, name: str) -> Any:
    return SimpleUploadedFile(name, content)


def _scan(pages: list[list[str]], code: str) -> bytes:
    sheet = {"pages": pages, "code": drawn(code) if code else ""}
    return typst.compile(
        LETTER.encode(),
        sys_inputs={"sheet": json.dumps(sheet)},
        ignore_system_fonts=True,
        format="pdf",
    )


def _photo_of_envelope() -> bytes:
    """Return a brown envelope with a postmark and nobody's name."""
    picture = Image.new("RGB", (1200, 560), "#d8c39a")
    drawing = ImageDraw.Draw(picture)
    drawing.polygon([(0, 0), (1200, 0), (600, 260)], outline="#a58f63", width=4)
    drawing.ellipse((920, 40, 1120, 240), outline="#333333", width=6)
    drawing.text((960, 125), "SANTA FE NM", fill="#333333", font_size=20)
    drawing.text((420, 330), "Children's Medical Services", fill="#222222", font_size=34)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
