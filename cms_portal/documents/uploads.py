"""Takes in no more of a file than could be kept: nobody fills the disk by sending."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload

from cms_portal.documents.limits import MOST_BYTES, MOST_FILES

MOST_AT_ONCE = (MOST_FILES + 1) * MOST_BYTES
# Nobody who means well sends so much: here we hang up.
MOST_READ = 10 * MOST_AT_ONCE


class CappedUploadHandler(FileUploadHandler):
    """Lets the rest of a too large file run past, so that a form can still say which one it was.

    More than all files of a paper together is passed over file by file. By then a form has something to
    say: one file was too large, or there were more of them than a paper holds.
    """

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.received += len(raw_data)
        if self.received > MOST_READ:
            raise StopUpload(connection_reset=True)
        if self.received > MOST_AT_ONCE:
            raise SkipFile
        return raw_data if start <= MOST_BYTES else None

    def file_complete(self, file_size: int) -> None:
        return None
