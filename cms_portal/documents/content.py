"""What a file is, by what it holds; what it is called or says it is counts for nothing."""

from __future__ import annotations

from enum import StrEnum

import puremagic


class Kind(StrEnum):
    """The kinds of file people may send."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    HEIC = "image/heif"


# How much of a file its first bytes are.
HEAD = 4096


def kind_of(head: bytes) -> Kind | None:
    """Return which kind a file seems to be, by its first bytes; only reading it whole will prove it."""
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    seen = {match.mime_type for match in matches}
    return next((kind for kind in Kind if kind in seen), None)
