"""manage.py remind_drafts [--on DATE] [--dry-run]."""

from __future__ import annotations

from datetime import date

from cms_portal.accounts.actions import system_user
from cms_portal.programs import Program
from cms_portal.work.daily import DailyCommand
from intake.actions import reminders


class Command(DailyCommand):
    """Writes once to each family that began an application and left it."""

    help = "Remind families of an application they began; each once."

    def run(self, program: Program, on: date) -> dict[str, int]:
        by = system_user()
        return {
            "families reminded": reminders.remind_of_drafts(program=program, on=on, by=by),
        }
