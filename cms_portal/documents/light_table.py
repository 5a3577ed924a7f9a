"""Lays the pages of a checked file out as pictures, in a process that knows no secret.

    python -m cms_portal.documents.light_table <kind>  < file  > the pages

For each page comes a line of JSON, `{"size": bytes, "codes": [what its QR codes say]}`, and then so many
bytes of JPEG. The first byte out says that the process stood ready. It imports no Django.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator

import pypdfium2 as pdfium
import zxingcpp
from PIL import Image

from cms_portal.documents.confined import say_ready, stay_small

UNREADABLE = 10

MEMORY_BYTES = 2048 * 1024 * 1024
SECONDS = 180
# A US Letter sheet at 200 dots an inch: small print and a fax stay legible.
DOTS_PER_POINT = 200 / 72
LONGEST_EDGE = 2200
QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
QUALITY = 78


def pictures(content: bytes, kind: str) -> Iterator[Image.Image]:
    """Yield each page as a picture."""
    if kind != "application/pdf":
        with Image.open(io.BytesIO(content), formats=["JPEG"]) as photo:
            sheet = photo.convert("RGB")
        sheet.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
        yield sheet
        return
    document = pdfium.PdfDocument(content)
    for page in document:
        scale = min(DOTS_PER_POINT, LONGEST_EDGE / max(page.get_size()))
        yield page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        page.close()


def codes_on(sheet: Image.Image) -> list[str]:
    """Return what the QR codes on a page say."""
    found = zxingcpp.read_barcodes(sheet, formats=QR)
    return [code.text for code in found]


def main() -> int:
    """Read a checked file from the standard input; answer with its pages, or with an exit status."""
    kind = sys.argv[1]
    stay_small(memory_bytes=MEMORY_BYTES, seconds=SECONDS)
    write = sys.stdout.buffer.write
    say_ready()
    try:
        for sheet in pictures(sys.stdin.buffer.read(), kind):
            out = io.BytesIO()
            sheet.save(out, "JPEG", quality=QUALITY, optimize=True)
            line = json.dumps({"size": out.tell(), "codes": codes_on(sheet)})
            write(line.encode() + b"\n" + out.getvalue())
    except (pdfium.PdfiumError, OSError, ValueError):
        return UNREADABLE
    return 0


if __name__ == "__main__":
    sys.exit(main())
