"""The pages of the rules."""

from __future__ import annotations

from tests.access.rules import EVERYONE, Page, Rule, post

NEW_MEXICO = {"program": "nm-cms"}

PAGES = [
    Page(
        "eligibility:screener",
        get=Rule(EVERYONE),
        post=post(EVERYONE, answers=(200, 422)),
        arguments=NEW_MEXICO,
    ),
    Page("eligibility:how_we_decide", get=Rule(EVERYONE), arguments=NEW_MEXICO),
    Page(
        "eligibility:condition_search",
        get=Rule(EVERYONE),
        post=post(EVERYONE, sends={"asked": "asthma"}, answers=(200,)),
        arguments=NEW_MEXICO,
    ),
]
