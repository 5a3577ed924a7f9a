"""The days a program's offices work: Monday to Friday, without the holidays of its state."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

import holidays
from django.utils.translation import gettext_lazy as _

from cms_portal.programs import Program

SATURDAY = 5

# The holidays of the states served, as the `holidays` package names them. One that a legislature adds
# keeps its English name until it is added here.
NAMES: dict[str, Any] = {
    "New Year's Day": _("New Year’s Day"),
    "Martin Luther King Jr. Day": _("Martin Luther King Jr. Day"),
    "Dr. Martin Luther King Jr. and Robert E. Lee's Birthdays": _(
        "Birthdays of Dr. Martin Luther King Jr. and Robert E. Lee"
    ),
    "Washington's Birthday": _("Washington’s Birthday"),
    "Presidents' Day": _("Presidents’ Day"),
    "Confederate Memorial Day": _("Confederate Memorial Day"),
    "Memorial Day": _("Memorial Day"),
    "Juneteenth National Independence Day": _("Juneteenth"),
    "Independence Day": _("Independence Day"),
    "Labor Day": _("Labor Day"),
    "Columbus Day": _("Columbus Day"),
    "Indigenous Peoples' Day": _("Indigenous Peoples’ Day"),
    "Veterans Day": _("Veterans Day"),
    "Thanksgiving Day": _("Thanksgiving"),
    "Day After Thanksgiving": _("Day after Thanksgiving"),
    "Christmas Day": _("Christmas Day"),
}


@cache
def _holidays(state: str, year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("US", subdiv=state, years=year))


def holiday(*, program: Program, on: date) -> str | None:
    """Return the name of the state holiday on a day, in the active language, or None."""
    name = _holidays(program.state, on.year).get(on)
    if name is None:
        return None
    name = name.removesuffix(" (observed)")
    return str(NAMES.get(name, name))


def is_working_day(*, program: Program, on: date) -> bool:
    return on.weekday() < SATURDAY and on not in _holidays(program.state, on.year)


def working_days_after(*, program: Program, day: date, count: int) -> date:
    """Return the day that lies `count` working days after a day, which itself does not count."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(program=program, on=day)
    return day


def working_day_from(*, program: Program, day: date) -> date:
    """Return a day if its offices work then, else the next one on which they do."""
    while not is_working_day(program=program, on=day):
        day += timedelta(days=1)
    return day
