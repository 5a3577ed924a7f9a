"""Days as tests speak of them: counted from today, as each program's wall calendar says."""

from __future__ import annotations

from datetime import date, timedelta

from cms_portal import programs

NM, MS = "nm-cms", "ms-cmp"


def today(program: str = NM) -> date:
    return programs.get(program).today()


def days_from_today(days: int, program: str = NM) -> date:
    return today(program) + timedelta(days=days)


def born(age: int, program: str = NM, days: int = 0) -> date:
    """Return the birth date of somebody who turned `age` on that program's today, `days` days ago."""
    day = today(program) - timedelta(days=days)
    try:
        return day.replace(year=day.year - age)
    except ValueError:
        return date(day.year - age, 3, 1)
