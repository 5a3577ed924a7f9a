"""A PDF as a screen reader tells it: the tagged text of each page, in the order of its tags."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw


def read_aloud(pdf: bytes) -> str:
    """Return the tagged text of a PDF in reading order; what bears no tag is not read."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [" ".join(_pieces(page)) for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


def _pieces(page: pypdfium2.PdfPage) -> Iterator[str]:
    marked = _text_by_mark(page)
    tree = raw.FPDF_StructTree_GetForPage(page)
    try:
        for number in range(raw.FPDF_StructTree_CountChildren(tree)):
            for mark in _marks(raw.FPDF_StructTree_GetChildAtIndex(tree, number)):
                yield marked.get(mark, "")
    finally:
        raw.FPDF_StructTree_Close(tree)


def _marks(element: object) -> Iterator[int]:
    """Yield the marked content of an element and of those below it, in their order."""
    for number in range(raw.FPDF_StructElement_CountChildren(element)):
        below = raw.FPDF_StructElement_GetChildAtIndex(element, number)
        if below:
            yield from _marks(below)
        else:
            mark = raw.FPDF_StructElement_GetChildMarkedContentID(element, number)
            if mark >= 0:
                yield mark


def _text_by_mark(page: pypdfium2.PdfPage) -> dict[int, str]:
    words, text_page = {}, page.get_textpage()
    for number in range(raw.FPDFPage_CountObjects(page)):
        piece = raw.FPDFPage_GetObject(page, number)
        if raw.FPDFPageObj_GetType(piece) == raw.FPDF_PAGEOBJ_TEXT:
            mark = raw.FPDFPageObj_GetMarkedContentID(piece)
            words[mark] = f"{words.get(mark, '')} {_text(piece, text_page)}"
    return words


def _text(piece: object, text_page: pypdfium2.PdfTextPage) -> str:
    size = raw.FPDFTextObj_GetText(piece, text_page, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFTextObj_GetText(
        piece, text_page, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
    )
    return buffer.raw.decode("utf-16-le").rstrip("\0")
