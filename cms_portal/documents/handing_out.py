"""Answering with a file of somebody's: never kept, never run, never guessed at."""

from __future__ import annotations

from typing import IO

from django.http import FileResponse

from cms_portal.documents.content import Kind

ENDINGS = {Kind.JPEG: "jpg", Kind.PDF: "pdf"}
# A file opened by accident in a page of ours may load nothing and run nothing.
ALONE = "default-src 'none'; sandbox"


def handed_out(
    content: IO[bytes], *, name: str, content_type: str, to_save: bool = True
) -> FileResponse:
    """Answer with an open file under a name of ours; `to_save` keeps a browser from showing it."""
    kind = Kind(content_type)
    response = FileResponse(
        content,
        as_attachment=to_save,
        filename=f"{name}.{ENDINGS[kind]}",
        content_type=kind.value,  # a server takes nothing but plain text as a header
    )
    response["Content-Security-Policy"] = ALONE
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
