"""Opens a stranger's file in a process of its own, which knows no secret and may not use much.

    python -m cms_portal.documents.reading_room <kind>  < file  > the file as it may be kept

Photos come out as new JPEGs: upright, smaller, with nothing in them but the picture. PDFs come out
as they are, if they are only pages. The first byte out says that the process stood ready, so that
what goes wrong afterwards is the file's doing. It imports no Django.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from typing import Any

import pillow_heif
from PIL import Image, ImageOps
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from cms_portal.documents.confined import say_ready, stay_small

UNREADABLE, LOCKED, ACTIVE, TOO_LARGE = 10, 11, 12, 13

MEMORY_BYTES = 1536 * 1024 * 1024
SECONDS = 30
LONGEST_EDGE = 3600
QUALITY = 85
MILLION = 1_000_000
# A JPEG is read at a smaller scale at once; the others have to be unpacked whole.
MOST_PIXELS = {"image/jpeg": 220 * MILLION, "image/png": 52 * MILLION, "image/heif": 52 * MILLION}
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/heif": "HEIF"}
MOST_PAGES = 300
MOST_OBJECTS = 200_000

# What makes a PDF more than pages: programs, other files, forms that fetch or send.
ACTIVE_KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"}
ACTIVE_NAMES = {
    "/JavaScript",
    "/Launch",
    "/ImportData",
    "/SubmitForm",
    "/GoToE",
    "/Rendition",
    "/EmbeddedFile",
    "/FileAttachment",
    "/RichMedia",
}


class Refused(Exception):
    """The file is not kept; `code` is the exit status that says why."""

    def __init__(self, code: int):
        super().__init__(code)
        self.code = code


def clean_photo(content: bytes, kind: str) -> bytes:
    """Return a photo as a new JPEG with nothing but its pixels; raise Refused."""
    with Image.open(io.BytesIO(content), formats=[FORMATS[kind]]) as photo:
        if photo.width * photo.height > MOST_PIXELS[kind]:
            raise Refused(TOO_LARGE)
        photo.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
        upright = ImageOps.exif_transpose(photo)
    upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    out = io.BytesIO()
    _on_white(upright).save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _on_white(photo: Image.Image) -> Image.Image:
    """Return the pixels alone, without comments or profiles, and what was transparent white."""
    if photo.mode.startswith("I"):
        # Sixteen bits of gray: Pillow would cut them off instead of scaling them.
        photo = photo.point(lambda value: value / 256).convert("L")
    if photo.has_transparency_data:
        photo = photo.convert("RGBA")
    sheet = Image.new("RGB", photo.size, "white")
    sheet.paste(photo, mask=photo.getchannel("A") if photo.mode == "RGBA" else None)
    return sheet


def check_pdf(content: bytes) -> bytes:
    """Return a PDF unchanged if it opens and is nothing but pages; raise Refused."""
    reader = PdfReader(io.BytesIO(content))
    # Many offices lock a PDF against changes only: it opens with an empty password.
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused(LOCKED)
    if not 1 <= len(reader.pages) <= MOST_PAGES:
        raise Refused(UNREADABLE)
    for found in _objects(reader):
        if any(_is_active(part) for part in _parts(found)):
            raise Refused(ACTIVE)
    return content


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Yield every object in the file, also those that no page leads to."""
    numbers = {(number, generation) for generation, xref in reader.xref.items() for number in xref}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MOST_OBJECTS:
        raise Refused(TOO_LARGE)
    yield reader.trailer
    for number, generation in sorted(numbers):
        yield reader.get_object(IndirectObject(number, generation, reader))


def _parts(found: Any) -> Iterator[DictionaryObject]:
    """Yield the dictionaries inside one object; what it points to is an object of its own."""
    waiting = [found]
    while waiting:
        part = waiting.pop()
        if isinstance(part, DictionaryObject):
            yield part
            waiting += dict.values(part)
        elif isinstance(part, ArrayObject):
            waiting += part


def _is_active(part: DictionaryObject) -> bool:
    names = (dict.get(part, key) for key in ("/S", "/Type", "/Subtype"))
    return bool(ACTIVE_KEYS.intersection(part)) or any(str(name) in ACTIVE_NAMES for name in names)


def main() -> int:
    """Read a file from the standard input, answer with what may be kept or with an exit status."""
    kind = sys.argv[1]
    stay_small(memory_bytes=MEMORY_BYTES, seconds=SECONDS)
    pillow_heif.register_heif_opener()
    say_ready()
    content = sys.stdin.buffer.read()
    try:
        kept = check_pdf(content) if kind == "application/pdf" else clean_photo(content, kind)
    except Refused as refusal:
        return refusal.code
    except Image.DecompressionBombError:
        return TOO_LARGE
    except (PyPdfError, OSError, ValueError, SyntaxError):
        return UNREADABLE
    sys.stdout.buffer.write(kept)
    return 0


if __name__ == "__main__":
    sys.exit(main())
