"""manage.py remind_authority_papers [--on DATE] [--dry-run]."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from cms_portal import programs
from cms_portal.accounts.actions import system_user
from cms_portal.families.papers import ask_for_new_papers


class Command(BaseCommand):
    """Asks the office of each child whose adult's paper nears its end to get a new one."""

    help = "Make a task for every paper of an adult's authority that ends soon; safe to run twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Without --on, the day is today in each program's state."""
        parser.add_argument("--on", type=date.fromisoformat, help="the day, as YYYY-MM-DD")
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line for each program."""
        for program in programs.all_programs():
            made = ask_for_new_papers(
                program=program,
                on=options["on"] or program.today(),
                by=system_user(),
                dry_run=options["dry_run"],
            )
            verb = "would be asked for" if options["dry_run"] else "asked for"
            self.stdout.write(f"{program.code}: {made} papers {verb}")
