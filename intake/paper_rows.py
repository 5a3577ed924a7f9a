"""Envelopes as the rows of the inbox."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms_portal import programs
from cms_portal.documents.models import FilePage
from cms_portal.offices.working_days import working_days_after
from intake.models import Envelope, Filing
from intake.paper_states import EnvelopeState

TAGS = {
    EnvelopeState.RECEIVED: "waiting",
    EnvelopeState.TO_SORT: "now",
    EnvelopeState.UNMATCHED: "todo",
    EnvelopeState.FILED: "done",
    EnvelopeState.NOT_OURS: "done",
}


def sort_by(envelope: Envelope) -> date:
    """Return the day by which an envelope should be sorted."""
    program = programs.get(envelope.program)
    days = program.clock("paper_sorted_working_days")
    return working_days_after(program=program, day=envelope.received_on, count=days)


def is_late(envelope: Envelope, on: date) -> bool:
    return envelope.is_waiting and sort_by(envelope) < on


def tag_of(envelope: Envelope, on: date) -> str:
    """Return how the state of an envelope is marked: as late, or by what comes next."""
    return "late" if is_late(envelope, on) else TAGS[EnvelopeState(envelope.state)]


def rows(envelopes: list[Envelope]) -> list[dict[str, Any]]:
    """Return envelopes as rows of a table; the pages of all of them are counted at once."""
    came, done = _pages_of(envelopes), _sorted_of(envelopes)
    return [_row(one, came[one.pk] - done[one.pk], came[one.pk]) for one in envelopes]


def _pages_of(envelopes: Iterable[Envelope]) -> Counter[int]:
    of: Any = FilePage.objects.filter(
        file__envelope_scan__envelope__in=envelopes, file__envelope_scan__shows_envelope=False
    )
    return Counter(of.values_list("file__envelope_scan__envelope", flat=True))


def _sorted_of(envelopes: Iterable[Envelope]) -> Counter[int]:
    done: Counter[int] = Counter()
    standing = Filing.objects.standing().filter(envelope__in=envelopes)
    for envelope, pages in standing.values_list("envelope", "pages"):
        done[envelope] += len(pages)
    return done


def _row(envelope: Envelope, left: int, pages: int) -> dict[str, Any]:
    today = programs.get(envelope.program).today()
    late = is_late(envelope, today)
    age = envelope.age(today)
    return {
        "urgent": late,
        "cells": [
            {
                "text": date_format(envelope.received_on, "SHORT_DATE_FORMAT"),
                "url": envelope.get_absolute_url(),
                "hint": envelope.get_came_by_display(),
            },
            {
                "text": ngettext("{days} day", "{days} days", age).format(days=age)
                if age
                else _("today")
            },
            {
                "text": envelope.get_state_display(),
                "state": tag_of(envelope, today),
                "hint": _sort_by_in_words(envelope),
            },
            {"text": _("{left} of {pages}").format(left=left, pages=pages)},
            {"text": envelope.note},
            {"text": str(envelope.office)},
        ],
    }


def _sort_by_in_words(envelope: Envelope) -> str:
    if not envelope.is_waiting:
        return ""
    day = date_format(sort_by(envelope), "SHORT_DATE_FORMAT")
    return _("sort by {day}").format(day=day)
