"""manage.py keep_end_notices [--on DATE] [--dry-run]."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cms_portal.accounts.actions import system_user
from cms_portal.programs import Program
from cms_portal.work.daily import DailyCommand
from intake.actions import ending


class Command(DailyCommand):
    """Moves on each end whose letter was mailed late, waits to be mailed, or came back."""

    help = "Leave each family its days between a letter and the end it tells of."

    def run(self, program: Program, on: date) -> Mapping[str, int]:
        return {"ends moved on": ending.keep_times(program=program, on=on, by=system_user())}
