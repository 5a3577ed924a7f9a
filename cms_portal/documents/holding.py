"""Files chosen in a form that has another fault, held for its next try: browsers forget them.

They lie in quarantine. The form carries a signed receipt for each, good for one person, one form and half a
day; nothing else names them, so those of a form that is never sent again are swept with what a crash left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core import signing
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from cms_portal.documents import storing
from cms_portal.documents.storing import Stored

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

# Shorter than `storing.LEFT_ALONE`: the sweep takes nothing that a form can still give back.
HELD_FOR = timedelta(hours=12)
_SALT = "documents.holding"


@dataclass(frozen=True)
class Held:
    """A file that waits in quarantine for its form, with the receipt that the form sends along."""

    name: str
    stored: Stored
    receipt: str


def hold(files: Iterable[UploadedFile], *, form: str, by: User) -> list[Held]:
    """Put files into quarantine, and return each with its receipt; `form` names one form and its field."""
    return [_held(file, form, by) for file in files]


def _held(file: UploadedFile, form: str, by: User) -> Held:
    name, stored = file.name or "", storing.store(file, storing.QUARANTINE)
    told = {"name": name, **asdict(stored)}
    receipt = signing.dumps([by.pk, form, told], salt=_SALT, compress=True)
    return Held(name, stored, receipt)


def given_back(receipts: Iterable[str], *, form: str, by: User) -> list[Held]:
    """Return the files that still wait, each once; a receipt of anybody or any form else is worth nothing."""
    found = [_waiting(receipt, form, by) for receipt in dict.fromkeys(receipts)]
    return [held for held in found if held is not None]


def _waiting(receipt: str, form: str, by: User) -> Held | None:
    try:
        whose, which, told = signing.loads(receipt, salt=_SALT, max_age=HELD_FOR)
    except signing.BadSignature:
        return None
    if (whose, which) != (by.pk, form) or not default_storage.exists(told["stored_as"]):
        return None
    name = told.pop("name")
    return Held(name, Stored(**told), receipt)
