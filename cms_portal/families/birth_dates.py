"""Birth dates that somebody may have typed or heard wrong."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _
from rapidfuzz.distance import OSA

# Beyond so many years a wrong digit makes no child of the other.
A_LIFE = 30


def how_near(one: date, other: date) -> tuple[float, str]:
    """Return how far two birth dates may be one, from 0 to 1, and how to say it."""
    ours, theirs = (f"{day:%m%d%Y}" for day in (one, other))
    is_one_birthday = ours[:4] == theirs[:4]
    years = abs(one.year - other.year)
    slips = [
        (one == other, 1.0, _("same birth date")),
        (
            ours == theirs[2:4] + theirs[:2] + theirs[4:],
            0.95,
            _("day and month of the birth date are swapped"),
        ),
        (OSA.distance(ours, theirs) == 1, 0.9, _("one digit of the birth date differs")),
        (is_one_birthday and years == 1, 0.85, _("birth date is one year off")),
        (abs(one - other) == timedelta(days=1), 0.85, _("birth date is one day off")),
        (is_one_birthday, 0.4, _("same birthday, another year")),
        (ours[:2] == theirs[:2] and not years, 0.4, _("born in the same month")),
    ]
    return next(((degree, words) for holds, degree, words in slips if holds), (0, ""))


def dates_near(day: date) -> list[date]:
    """Return a birth date and what somebody may have typed for it: a digit wrong, or two swapped."""
    text = f"{day:%m%d%Y}"
    typed = {f"{text[2:4]}{text[:2]}{text[4:]}", f"{text[:4]}{day.year - 1:04}"}
    typed.add(f"{text[:4]}{day.year + 1:04}")
    typed |= {
        text[:at] + digit + text[at + 1 :] for at in range(len(text)) for digit in "0123456789"
    }
    typed |= {text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(len(text) - 1)}
    near = {found for one in typed if (found := _date(one)) is not None}
    near |= {day + timedelta(days=1), day - timedelta(days=1)}
    return sorted(one for one in near if abs(one.year - day.year) <= A_LIFE)


def _date(text: str) -> date | None:
    try:
        return date(int(text[4:]), int(text[:2]), int(text[2:4]))
    except ValueError:
        return None
