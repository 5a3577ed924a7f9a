"""Pages as people name them, "1-3, 5", in the order in which they name them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import groupby

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# A typed hyphen, or the dash that a keyboard makes of it.
_RANGE = re.compile(r"(\d{1,4})(?:\s*[-–—]\s*(\d{1,4}))?")

NOT_A_RANGE = _("Write the pages like 1-3, 5.")
NO_SUCH_PAGE = _("There is no page %(page)d here.")
SORTED_ALREADY = _("Page %(page)d is sorted already.")
TWICE = _("You name page %(page)d twice.")


def pages_in(written: str, *, among: int, free: Collection[int]) -> list[int]:
    """Return the pages that are named, of so many; raise ValidationError for one that is not free."""
    named: list[int] = []
    for part in re.split(r"[,;]", written):
        for page in _run(part.strip()):
            _check(page, named, among, free)
            named.append(page)
    return named


def _run(part: str) -> range:
    found = _RANGE.fullmatch(part)
    if found is None:
        raise ValidationError(NOT_A_RANGE)
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise ValidationError(NOT_A_RANGE)
    return range(first, last + 1)


def _check(page: int, named: list[int], among: int, free: Collection[int]) -> None:
    for fails, words in (
        (not 1 <= page <= among, NO_SUCH_PAGE),
        (page in named, TWICE),
        (page not in free, SORTED_ALREADY),
    ):
        if fails:
            raise ValidationError(words, params={"page": page})


def in_words(pages: Iterable[int]) -> str:
    """Return pages, in their order, as people name them."""
    runs = groupby(enumerate(sorted(pages)), key=lambda pair: pair[1] - pair[0])
    return ", ".join(_as_run([page for _place, page in run]) for _start, run in runs)


def _as_run(pages: list[int]) -> str:
    return str(pages[0]) if len(pages) == 1 else f"{pages[0]}-{pages[-1]}"
