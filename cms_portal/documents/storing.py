"""Where files lie: in private storage, under random names that say nothing."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from functools import partial

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

QUARANTINE, CHECKED = "quarantine", "papers"
LINK_BYTES = 24


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
    name = secrets.token_urlsafe(LINK_BYTES)
    stored_as = default_storage.save(f"{folder}/{name[:2]}/{name}", file)
    return Stored(stored_as, file.size, digest.hexdigest())


def read(stored_as: str) -> bytes:
    """Return what a stored file holds; raise FileNotFoundError for one that is gone."""
    with default_storage.open(stored_as) as file:
        return bytes(file.read())


def remove_on_commit(stored_as: str) -> None:
    """Remove a stored file once the rows that stop naming it are kept."""
    transaction.on_commit(partial(default_storage.delete, stored_as))
