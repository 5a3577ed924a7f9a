"""Files that somebody might send to harm: made here, kept nowhere."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pillow_heif
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from tests.documents.files import pdf, photo

CANARY = "canary-7f3a"
SCRIPT = f"<script>alert('{CANARY}')</script>".encode()
# The harmless text that every scanner answers to, in two parts so that this file is left alone.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def _saved(picture: Image.Image, format: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, format, **options)
    return out.getvalue()


def _square(size: int = 64, mode: str = "RGB") -> Image.Image:
    return Image.new(mode, (size, size))


def _zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, SCRIPT)
    return out.getvalue()


def exif_with_place() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = CANARY
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825).update({1: "N", 2: (35.0, 41.0, 13.0), 3: "W", 4: (105.0, 56.0, 16.0)})
    return exif


def _gps_jpeg() -> bytes:
    return _saved(Image.new("RGB", (400, 300)), "JPEG", exif=exif_with_place())


def _gps_heic() -> bytes:
    pillow_heif.register_heif_opener()
    return _saved(_square(), "HEIF", exif=exif_with_place().tobytes())


def _png_chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack("!L", len(content)) + kind + content + struct.pack("!L", check)


def _png_claiming(width: int, height: int, *chunks: bytes) -> bytes:
    header = _png_chunk(b"IHDR", struct.pack("!LLBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + _png_chunk(b"IEND", b"")


def _png_bomb() -> bytes:
    side = 30_000
    lines = zlib.compress(bytes((side + 1) * 1000), 9)
    return _png_claiming(side, side, *[_png_chunk(b"IDAT", lines)])


def _png_text_bomb() -> bytes:
    text = b"Comment\0\0" + zlib.compress(bytes(200_000_000), 9)
    good = _saved(_square(), "PNG")
    return good[:33] + _png_chunk(b"zTXt", text) + good[33:]


def _png_with_script() -> bytes:
    info = PngInfo()
    info.add_text("Comment", SCRIPT.decode(), zip=False)
    return _saved(_square(), "PNG", pnginfo=info)


def _animated_png() -> bytes:
    return _saved(_square(), "PNG", save_all=True, append_images=[_square() for _ in range(50)])


def _jpeg_claiming(width: int, height: int) -> bytes:
    content = bytearray(photo((64, 64)))
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 9] = struct.pack("!HH", height, width)
    return bytes(content)


def _names(**entries: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def _pdf_with(change: Callable[[PdfWriter], None]) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(612, 792)
    change(writer)
    writer.write(out)
    return out.getvalue()


def _pdf_action(**action: object) -> bytes:
    def change(writer: PdfWriter) -> None:
        link = _names(Type=NameObject("/Annot"), Subtype=NameObject("/Link"), A=_names(**action))
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])

    return _pdf_with(change)


def _pdf_root(name: str, value: object) -> bytes:
    return _pdf_with(lambda writer: writer.root_object.__setitem__(NameObject(f"/{name}"), value))


def _pdf_attachment() -> bytes:
    return _pdf_with(lambda writer: writer.add_attachment("bill.exe", b"MZ" + SCRIPT) and None)


def _pdf_of(*objects: bytes, root: int = 1) -> bytes:
    """A PDF put together by hand, with a table of where its objects are."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size %d/Root %d 0 R>>\n" % (len(objects) + 1, root))
    out.write(b"startxref\n%d\n%%%%EOF\n" % table)
    return out.getvalue()


_PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"


def _pdf_script_in_disguise() -> bytes:
    root = b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/J#61vaScript/J#53(app.alert\\(1\\))>>>>"
    return _pdf_of(root, _PAGES, _PAGE)


def _pdf_script_out_of_sight() -> bytes:
    """A script in an object that nothing points to, until a reader repairs the file its own way."""
    root = b"<</Type/Catalog/Pages 2 0 R>>"
    return _pdf_of(root, _PAGES, _PAGE, b"<</S/JavaScript/JS(app.alert\\(1\\))>>")


def _pdf_loop() -> bytes:
    return _pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>")


def _pdf_deep() -> bytes:
    return _pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", _PAGES, _PAGE, b"[" * 90_000 + b"]" * 90_000)


def _pdf_many_pages() -> bytes:
    return _pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count 999999>>" % (b"3 0 R " * 100_000),
        _PAGE,
    )


def _pdf_stream_bomb() -> bytes:
    """Objects packed in a stream that unpacks to a gigabyte."""
    packed = zlib.compress(bytes(1_000_000_000), 9)
    objects = b"<</Type/ObjStm/N 9/First 40/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
    table = b"<</Type/XRef/Size 9/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
    rows = b"".join(struct.pack("!BHB", 2, 1, index) for index in range(9))
    rows = zlib.compress(rows)
    body = b"%PDF-1.7\n1 0 obj\n" + objects % (len(packed), packed) + b"\nendobj\n"
    return (
        body
        + b"2 0 obj\n"
        + table % (len(rows), rows)
        + b"\nendobj\nstartxref\n%d\n%%%%EOF" % len(body)
    )


NOT_PAPERS: dict[str, bytes] = {
    "scanner test text as pdf": EICAR,
    "svg as pdf": b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'>"
    + SCRIPT
    + b"</svg>",
    "html as pdf": b"<!doctype html>" + SCRIPT,
    "html before a pdf": b"<html>" + SCRIPT + pdf(),
    "script": b"#!/bin/sh\nrm -rf /\n",
    "gif that is also script": b"GIF89a/*" + bytes(20) + b"*/=1;" + SCRIPT,
    "gif": _saved(_square(), "GIF"),
    "webp": _saved(_square(), "WEBP"),
    "tiff": _saved(_square(), "TIFF"),
    "bmp": _saved(_square(), "BMP"),
    "icon": _saved(_square(), "ICO"),
    "zip": _zipped("paper.pdf"),
    "word": _zipped("word/document.xml"),
    "program for linux": b"\x7fELF\x02\x01\x01" + bytes(64),
    "program for windows": b"MZ" + bytes(64),
    "film": b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2" + bytes(64),
    "zeros": bytes(4096),
}

BROKEN: dict[str, Callable[[], bytes]] = {
    "php behind a photo's first bytes": lambda: b"\xff\xd8\xff\xe0<?php " + SCRIPT,
    "half a photo": lambda: photo((2000, 2000))[:4000],
    "photo with a false size": lambda: _jpeg_claiming(65_000, 65_000),
    "picture bomb": _png_bomb,
    "picture with a false size": lambda: _png_claiming(2**31 - 1, 2**31 - 1),
    "picture without pixels": lambda: _png_claiming(0, 0),
    "half an iphone photo": lambda: _gps_heic()[:200],
    "iphone photo of zeros": lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(4000),
    "pdf with a password": lambda: pdf(password="secret"),
    "pdf with a script": lambda: pdf(javascript="app.alert(1)"),
    "pdf with a script in disguise": _pdf_script_in_disguise,
    "pdf with a script out of sight": _pdf_script_out_of_sight,
    "pdf with a program attached": _pdf_attachment,
    "pdf that starts a program": lambda: _pdf_action(
        S=NameObject("/Launch"), F=TextStringObject("cmd.exe")
    ),
    "pdf that sends a form": lambda: _pdf_action(
        S=NameObject("/SubmitForm"), F=TextStringObject("https://example.test/")
    ),
    "pdf with a form that computes": lambda: _pdf_root(
        "AcroForm", _names(XFA=TextStringObject("<xdp/>"))
    ),
    "pdf without pages": lambda: _pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"
    ),
    "pdf in a circle": _pdf_loop,
    "pdf a thousand arrays deep": _pdf_deep,
    "pdf of a hundred thousand pages": _pdf_many_pages,
    "pdf whose objects are a bomb": _pdf_stream_bomb,
    "pdf of one line": lambda: b"%PDF-1.7 and nothing else",
}

# Honest pictures with something hidden in them: the picture is kept, the rest is not.
CARRIERS: dict[str, Callable[[], bytes]] = {
    "photo with a place": _gps_jpeg,
    "iphone photo with a place": _gps_heic,
    "photo with a page behind it": lambda: photo() + SCRIPT,
    "photo with a script as comment": lambda: photo(comment=SCRIPT),
    "photo with an archive behind it": lambda: photo() + _zipped(CANARY),
    "picture with a script as text": _png_with_script,
    "picture with an archive behind it": lambda: _saved(_square(), "PNG") + _zipped(CANARY),
    "picture that moves": _animated_png,
}

HEAVY: dict[str, Callable[[], bytes]] = {"picture whose text is a bomb": _png_text_bomb}

ODD_NAMES = [
    "../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "a.jpg\r\nSet-Cookie: x=1",
    "nul\0byte.jpg",
    "\u202egpj.exe",
    "CON.jpg",
    "x" * 400 + ".jpg",
    "<img src=x onerror=alert(1)>.jpg",
    ";rm -rf ~;.pdf",
    "",
    ".",
    "\ud800.jpg",
]
