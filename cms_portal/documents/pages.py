"""The pages of a file as pictures, so that a stack of paper can be looked through and parted."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from PIL import Image

from cms_portal.audit.tracking import save_tracked
from cms_portal.documents import light_table, storing
from cms_portal.documents.apart import run_apart
from cms_portal.documents.cover_codes import code_in
from cms_portal.documents.models import DocumentFile, FilePage, FileState

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

# The light table ends itself after its CPU seconds; this is for one that hangs.
LONGEST = 2 * light_table.SECONDS
DOTS_PER_INCH = 200
QUALITY = 78


class CannotLayOut(ValueError):
    """The file was kept, and still its pages cannot be shown."""


def lay_out(*, file: DocumentFile, by: User) -> list[FilePage]:
    """Make a picture of each page of a checked file, once; the file's row must be locked.

    Raises CannotLayOut for a file that is not available, or that no picture can be made of.
    """
    if laid_out := list(file.pages.all()):
        return laid_out
    if file.state != FileState.AVAILABLE:
        raise CannotLayOut(file.state)
    done = run_apart(light_table, file.content_type, storing.read(file.stored_as), seconds=LONGEST)
    if done is None or done.exit_status or not done.output:
        raise CannotLayOut(str(file))
    return [
        _keep(file, number, picture, codes, by)
        for number, (picture, codes) in enumerate(_pages_in(done.output), start=1)
    ]


def _pages_in(output: bytes) -> Iterator[tuple[bytes, list[str]]]:
    stream = io.BytesIO(output)
    while line := stream.readline():
        head = json.loads(line)
        yield stream.read(head["size"]), head["codes"]


def _keep(
    file: DocumentFile, number: int, picture: bytes, codes: Iterable[str], by: User
) -> FilePage:
    stored = storing.store(ContentFile(picture), storing.PAGES)
    page = FilePage(
        file=file,
        number=number,
        stored_as=stored.stored_as,
        code=next(filter(None, map(code_in, codes)), ""),
    )
    return save_tracked(page, by=by, reason="page laid out")


def bound(pages: Iterable[FilePage]) -> bytes:
    """Return pages as one PDF: of our own pictures, so that nothing else of the file comes along."""
    first, *rest = (Image.open(io.BytesIO(storing.read(page.stored_as))) for page in pages)
    out = io.BytesIO()
    first.save(
        out,
        "PDF",
        save_all=True,
        append_images=rest,
        resolution=DOTS_PER_INCH,
        quality=QUALITY,
    )
    return out.getvalue()


def small(page: FilePage, edge: int) -> bytes:
    """Return the picture of a page as a small JPEG, at most so many dots long."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(storing.read(page.stored_as))) as picture:
        picture.draft("RGB", (edge, edge))
        picture.thumbnail((edge, edge))
        picture.save(out, "JPEG", quality=70)
    return out.getvalue()
