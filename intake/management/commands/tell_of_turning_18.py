"""manage.py tell_of_turning_18 [--on DATE] [--dry-run]."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cms_portal.accounts.actions import system_user
from cms_portal.programs import Program
from cms_portal.work.daily import DailyCommand
from intake.actions import coming_of_age


class Command(DailyCommand):
    """Writes to youths who come of age, and to their parents, before the day and on it."""

    help = "Tell youths and parents what changes when the youth comes of age."

    def run(self, program: Program, on: date) -> Mapping[str, int]:
        return coming_of_age.tell_of_coming_of_age(program=program, on=on, by=system_user())
