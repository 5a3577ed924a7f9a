"""The access table: every address, every method, who is answered how; one file for each area of the portal.

To add an address: one line in its area's file, with who may; and, if it is about a new kind of thing, one
builder beside it, registered with `finds`. Everybody not named is answered as if it did not exist.
"""

from __future__ import annotations

from tests.access.areas import (
    accounts,
    documents,
    eligibility,
    families,
    frame,
    intake,
    notifications,
    offices,
    welcome,
    work,
)
from tests.access.rules import Page

TABLE: list[Page] = [
    page
    for area in (
        frame,
        accounts,
        families,
        documents,
        eligibility,
        notifications,
        intake,
        offices,
        welcome,
        work,
    )
    for page in area.PAGES
]
