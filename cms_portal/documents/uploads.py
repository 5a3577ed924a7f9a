"""Takes in no more of a file than could be kept: nobody fills the disk by sending."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from cms_portal.documents.limits import MOST_BYTES, MOST_FILES

MOST_AT_ONCE = (MOST_FILES + 1) * MOST_BYTES


class CappedUploadHandler(FileUploadHandler):
    """Lets the rest of a too large file run past, so that a form can still say which one it was."""

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.received += len(raw_data)
        if self.received > MOST_AT_ONCE:
            raise StopUpload(connection_reset=True)
        return raw_data if start <= MOST_BYTES else None

    def file_complete(self, file_size: int) -> None:
        return None
