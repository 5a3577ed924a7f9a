"""manage.py review_ended_enrollments [--on DATE] [--dry-run]."""

from __future__ import annotations

from datetime import date

from cms_portal.accounts.actions import system_user
from cms_portal.programs import Program
from cms_portal.work.daily import DailyCommand
from intake.actions import reminders


class Command(DailyCommand):
    """Asks workers to look at each enrollment that ran out; it ends by their act alone."""

    help = "Make a task for every enrollment that ran out."

    def run(self, program: Program, on: date) -> dict[str, int]:
        by = system_user()
        return {
            "enrollments to look at": reminders.ask_about_ended_enrollments(
                program=program, on=on, by=by
            ),
        }
