"""Times a letter as a PDF, over the longest that the database holds."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models.functions import Length

from bench.rules import RuleTiming, p95
from cms_portal.notifications.letters import pdf_of
from cms_portal.notifications.models import Message

LETTER_MS, HOW_MANY = 100.0, 200


def time_letters() -> Iterator[RuleTiming]:
    """Yield what one notice takes to become a tagged PDF."""
    letters = longest()
    if letters:
        pdf_of(letters[:1])
        yield RuleTiming(
            f"a notice as a PDF, p95 of {len(letters)}",
            p95(lambda letter: pdf_of([letter]), letters),
            LETTER_MS,
            "ms",
        )


def longest() -> list[Message]:
    written = Message.objects.filter(household__isnull=False)
    held = written.select_related("to_guardian__household")
    return list(held.order_by(Length("text").desc(), "pk")[:HOW_MANY])
