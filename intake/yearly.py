"""When the next intake assessment is due, in programs that ask for one every year."""

from __future__ import annotations

from datetime import date

from cms_portal import programs
from eligibility.program_folders import rulebooks
from intake.models import Application

YEARLY_RULE = "annual_intake"


def is_yearly(program: str) -> bool:
    """Say whether a program asks every family anew each year, as a rule of its own."""
    return YEARLY_RULE in rulebooks()[program].rules


def next_due_on(application: Application) -> date | None:
    """Return the first anniversary of the day it was sent; None in a program that asks only once."""
    if application.submitted_at is None or not is_yearly(application.program):
        return None
    program = programs.get(application.program)
    sent_on = application.submitted_at.astimezone(program.timezone).date()
    try:
        return sent_on.replace(year=sent_on.year + 1)
    except ValueError:  # sent on 29 February
        return date(sent_on.year + 1, 3, 1)
