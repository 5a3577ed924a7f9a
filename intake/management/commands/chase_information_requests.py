"""manage.py chase_information_requests [--on DATE] [--dry-run]."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from cms_portal.accounts.actions import system_user
from cms_portal.programs import Program
from cms_portal.work.daily import DailyCommand
from intake.actions import reminders


class Command(DailyCommand):
    """Reminds families of what we asked for, and asks workers to close what did not come."""

    help = "Remind families before their time is over; ask workers to call after it."

    def run(self, program: Program, on: date) -> dict[str, int]:
        by = system_user()
        return {
            "families reminded": reminders.remind_of_requests(
                program=program, on=on, at=timezone.now(), by=by
            ),
            "requests to close": reminders.ask_to_close_requests(program=program, on=on, by=by),
        }
