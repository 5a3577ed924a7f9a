"""The access table: every address, every method, who is answered how; one file for each area of the portal.

To add an address: one line in its area's file, with who may; and, if it is about a new kind of thing, one
builder beside it, registered with `finds`. Everybody not named is answered as if it did not exist.
"""

from __future__ import annotations

from tests.access.areas import (
    accounts,
    changes,
    conditions,
    deaths,
    deciding,
    documents,
    duplicates,
    eligibility,
    enrollment,
    families,
    frame,
    helping,
    intake,
    notifications,
    offices,
    paper,
    proving,
    referrals,
    reviews,
    urgent,
    visits,
    welcome,
    work,
)
from tests.access.rules import Page

AREAS: dict[str, list[Page]] = {
    area.__name__.rpartition(".")[2]: area.PAGES
    for area in (
        frame,
        accounts,
        families,
        duplicates,
        documents,
        eligibility,
        notifications,
        intake,
        helping,
        conditions,
        deaths,
        deciding,
        enrollment,
        visits,
        changes,
        offices,
        paper,
        proving,
        referrals,
        reviews,
        urgent,
        welcome,
        work,
    )
}
TABLE: list[Page] = [page for pages in AREAS.values() for page in pages]


def parts(method: str = "") -> list[tuple[str, str]]:
    """Return the table in parts that can be asked one by one: area, and world of their own.

    With a method, those that have a page which answers it.
    """
    return sorted(
        {
            (area, page.world)
            for area, pages in AREAS.items()
            for page in pages
            if not method or method in page.rules
        }
    )


def pages_of(area: str, world: str) -> list[Page]:
    return [page for page in AREAS[area] if page.world == world]
