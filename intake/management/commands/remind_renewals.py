"""manage.py remind_renewals [--on DATE] [--dry-run]."""

from __future__ import annotations

from datetime import date

from tqdm import tqdm

from cms_portal.accounts.actions import system_user
from cms_portal.programs import Program
from cms_portal.work.daily import DailyCommand
from intake.actions import reminders


class Command(DailyCommand):
    """Reminds families to renew, four times before the end and never after they have sent it."""

    help = "Remind families whose enrollment ends soon to renew."

    def run(self, program: Program, on: date) -> dict[str, int]:
        due = reminders.due_for_reminder(program, on).count()
        reminded = reminders.remind_to_renew(program=program, on=on, by=system_user())
        shown = tqdm(reminded, total=due, desc=program.code, disable=None, leave=False)
        return {"families reminded": sum(1 for _one in shown)}

    def preview(self, program: Program, on: date) -> dict[str, int]:
        return {"families reminded": reminders.count_due(program, on)}
