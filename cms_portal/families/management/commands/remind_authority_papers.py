"""manage.py remind_authority_papers [--on DATE] [--dry-run]."""

from __future__ import annotations

from datetime import date

from cms_portal.accounts.actions import system_user
from cms_portal.families.papers import ask_for_new_papers
from cms_portal.programs import Program
from cms_portal.work.daily import DailyCommand


class Command(DailyCommand):
    """Asks the office of each child whose adult's paper nears its end to get a new one."""

    help = "Make a task for every paper of an adult's authority that ends soon; safe to run twice."

    def run(self, program: Program, on: date) -> dict[str, int]:
        made = ask_for_new_papers(program=program, on=on, by=system_user())
        return {"papers asked for": made}
