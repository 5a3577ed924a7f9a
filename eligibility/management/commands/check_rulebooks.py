"""manage.py check_rulebooks [DIR]"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from eligibility.program_folders import PROGRAMS, read_rulebooks


class Command(BaseCommand):
    """Reads every program's folder and says what is wrong with it; touches no database."""

    help = "Check the rulebooks: sources, dates, rules and their arguments."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder that holds the programs' folders; the portal's own when not given."""
        parser.add_argument("programs", nargs="?", type=Path, default=PROGRAMS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write a line for each fault, and fail if there is one."""
        rulebooks, problems = read_rulebooks(options["programs"])
        for problem in problems:
            self.stdout.write(problem)
        if problems:
            raise CommandError(f"faults in the rulebooks: {len(problems)}")
        for code, rulebook in sorted(rulebooks.items()):
            services, rules = len(rulebook.services), len(rulebook.rules)
            self.stdout.write(f"{code}: {services} services, {rules} rules, no fault")
