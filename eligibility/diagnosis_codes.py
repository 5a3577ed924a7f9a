"""The ICD-10-CM codes, loaded once from the package that carries the published release."""

from __future__ import annotations

import re
import unicodedata
from importlib import metadata

from django.db import transaction

from eligibility.condition_lists import CODE
from eligibility.models import DiagnosisCode

PACKAGE = "simple-icd-10-cm"
AT_ONCE = 5000
NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def plain(words: str) -> str:
    """Return words as they are searched: lower case, without accents or punctuation."""
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return NOT_A_WORD.sub(" ", letters.lower()).strip()


def release() -> str:
    """Return which release of the package is installed; a new one is loaded anew."""
    return metadata.version(PACKAGE)


@transaction.atomic
def load() -> int:
    """Bring the table to the installed release; return how many rows were written, 0 if none had to be.

    A code that a release drops stays, with the release that named it: the web's login removes nothing
    here, and a family may search for the code on an older paper.
    """
    installed = release()
    if DiagnosisCode.objects.filter(release=installed).exists():
        return 0
    rows = [
        DiagnosisCode(code=code, name=name, plain=plain(name), release=installed)
        for code, name in _published().items()
    ]
    DiagnosisCode.objects.bulk_create(
        rows,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "plain", "release"],
    )
    return len(rows)


def _published() -> dict[str, str]:
    """Return name by code; a block of one category is listed twice there."""
    import simple_icd_10_cm as published  # reads the whole release when imported

    codes = published.get_all_codes(with_dots=True)
    return {code: published.get_description(code) for code in codes if CODE.fullmatch(code)}
