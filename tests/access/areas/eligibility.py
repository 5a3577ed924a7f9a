"""The pages of the rules."""

from __future__ import annotations

from tests.access.rules import EVERYONE, Page, Rule

NEW_MEXICO = {"program": "nm-cms"}

PAGES = [
    Page("eligibility:how_we_decide", get=Rule(EVERYONE), arguments=NEW_MEXICO),
]
