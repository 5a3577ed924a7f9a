"""The days of a decision, which each copy has a little earlier: so enrollments end on every day of a year."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from django.utils import translation
from django.utils.formats import date_format

from cms_portal.families.models import Child
from intake.models import Enrollment

# Of a dozen patterns of a program, each copied so, no month of a year stays empty.
MOST_DAYS_EARLIER = 14
# Until how long after a decision its notice and its letters name days.
NAMED_AFTER = 40
STORED, ENGLISH, SPANISH = "stored", "en", "es"


def moving_days(children: Iterable[Child]) -> dict[str, tuple[date, str]]:
    """Return blank → (day, way to write it) of every day that moves with an enrollment of these children.

    It is all days from sending the application until some time after the decision, and the last ones of
    the enrollment, as a row holds them and as letters say them.
    """
    days: set[date] = set()
    for enrollment in Enrollment.objects.filter(child__in=children).select_related("application"):
        sent = enrollment.application.submitted_at
        first = min(sent.date(), enrollment.starts_on) if sent else enrollment.starts_on
        last = enrollment.starts_on + timedelta(days=NAMED_AFTER)
        days |= {first + timedelta(days=number) for number in range((last - first).days)}
        days |= {enrollment.ends_on, enrollment.last_day}
    return {
        f"{day.isoformat()} {way}": (day, way) for day in days for way in (STORED, ENGLISH, SPANISH)
    }


def earlier(days: dict[str, tuple[date, str]], lot: random.Random) -> dict[str, str]:
    """Return blank → words, all days of one copy earlier by as many days, drawn by lot."""
    by = timedelta(days=lot.randrange(MOST_DAYS_EARLIER))
    return {blank: written(day - by, way) for blank, (day, way) in days.items()}


@cache
def written(day: date, way: str) -> str:
    """Return a day as COPY writes it, or as a letter in a language does."""
    if way == STORED:
        return day.isoformat()
    with translation.override(way):
        return date_format(day, "DATE_FORMAT")
