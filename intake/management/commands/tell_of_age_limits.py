"""manage.py tell_of_age_limits [--on DATE] [--dry-run]."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cms_portal.accounts.actions import system_user
from cms_portal.programs import Program
from cms_portal.work.daily import DailyCommand
from intake.actions import age_limits


class Command(DailyCommand):
    """Writes to families whose help ends on a birthday, and asks workers to plan what follows."""

    help = "Tell families in time of help that ends with an age, and ask workers to plan."

    def run(self, program: Program, on: date) -> Mapping[str, int]:
        return age_limits.tell_of_age_limits(program=program, on=on, by=system_user())
