"""Where files lie: in private storage, under random names that say nothing."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from cms_portal.documents.models import DocumentFile, FilePage

QUARANTINE, CHECKED, PAGES = "quarantine", "papers", "pages"
NAME_BYTES = 24
# A file younger than this may belong to a request that has not committed yet.
LEFT_ALONE = timedelta(days=1)


@dataclass(frozen=True)
class Stored:
    """A file as it was written: its name in storage, its size in bytes, its digest."""

    stored_as: str
    size: int
    sha256: str


def store(file: File, folder: str) -> Stored:
    """Write a file under a new random name."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    name = secrets.token_urlsafe(NAME_BYTES)
    stored_as = default_storage.save(f"{folder}/{name[:2]}/{name}", file)
    return Stored(stored_as, file.size, digest.hexdigest())


def read(stored_as: str) -> bytes:
    """Return what a stored file holds; raise FileNotFoundError for one that is gone."""
    with default_storage.open(stored_as) as file:
        return bytes(file.read())


def remove_unnamed(now: datetime) -> int:
    """Remove what a crash left in storage without a row that names it; return how many files."""
    removed = 0
    for stored_as in list(_all_files()):
        is_old = default_storage.get_modified_time(stored_as) < now - LEFT_ALONE
        if is_old and not _is_named(stored_as):
            default_storage.delete(stored_as)
            removed += 1
    return removed


def _is_named(stored_as: str) -> bool:
    rows = (DocumentFile.objects, FilePage.objects)
    return any(named.filter(stored_as=stored_as).exists() for named in rows)


def _all_files() -> Iterator[str]:
    for folder in (QUARANTINE, CHECKED, PAGES):
        # The folder is made with the first file in it.
        with suppress(FileNotFoundError):
            for shelf in default_storage.listdir(folder)[0]:
                for name in default_storage.listdir(f"{folder}/{shelf}")[1]:
                    yield f"{folder}/{shelf}/{name}"


def remove_on_commit(stored_as: str) -> None:
    """Remove a stored file once the rows that stop naming it are kept."""
    transaction.on_commit(partial(default_storage.delete, stored_as))
