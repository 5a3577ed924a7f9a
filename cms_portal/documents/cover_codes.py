"""The code on a cover sheet: a random reference, which says nothing of anybody and opens nothing."""

from __future__ import annotations

import re
import secrets

from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode

from cms_portal.access.links import ALPHABET, MISREAD

# So that the code of a prescription or a parcel beside ours is not taken for one.
PREFIX = "CMSP-"
LENGTH = 20
_WRITTEN = re.compile(rf"{PREFIX}([{ALPHABET.upper()}]{{{LENGTH}}})")


def new_code() -> str:
    """Return a new reference of 100 random bits, in letters and digits that are not misread."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def code_in(text: str) -> str:
    """Return the reference that a picture's code says, or nothing if it is none of ours."""
    found = _WRITTEN.fullmatch(text)
    return found[1].lower() if found else ""


def typed(text: str) -> str:
    """Return a reference as somebody typed it from paper, or nothing if it is none."""
    written = text.strip().lower().removeprefix(PREFIX.lower()).translate(MISREAD)
    return code_in(PREFIX + written.upper())


def in_groups(code: str) -> str:
    """Return a reference as people read it from paper."""
    return " ".join(code.upper()[start : start + 4] for start in range(0, LENGTH, 4))


def drawn(code: str) -> str:
    """Return a reference as a QR code, an SVG of black squares that survives a fax."""
    picture = QRCode(border=4, error_correction=ERROR_CORRECT_Q)
    picture.add_data(PREFIX + code.upper())
    rows = picture.get_matrix()
    squares = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{squares}"/></svg>'
    )
