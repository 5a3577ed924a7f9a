"""Commands that a scheduler calls once a day: for any day, only counting if asked, and safe to run twice."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cms_portal import programs
from cms_portal.programs import Program


class DailyCommand(BaseCommand):
    """Does a day's work for each program in `run`, and prints what was done, a line for each.

    With --dry-run the same work is done and taken back, so that the counts are the true ones; a command
    with much to do counts it in `preview` instead.
    """

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Without --on, the day is today in each program's state."""
        parser.add_argument("--on", type=date.fromisoformat, help="the day, as YYYY-MM-DD")
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")

    def handle(self, *args: Any, on: date | None, dry_run: bool, **options: Any) -> None:
        for program in programs.all_programs():
            done = self._done(program, on or program.today(), dry_run=dry_run)
            for words, count in done.items():
                self.stdout.write(f"{program.code}: {count} {words}")

    def _done(self, program: Program, on: date, *, dry_run: bool) -> Mapping[str, int]:
        return self.preview(program, on) if dry_run else self.run(program, on)

    def preview(self, program: Program, on: date) -> Mapping[str, int]:
        """Return what `run` would, and change nothing."""
        with transaction.atomic():
            done = self.run(program, on)
            transaction.set_rollback(True)
        return done

    def run(self, program: Program, on: date) -> Mapping[str, int]:
        """Do one program's work of a day; return how many of what, in words."""
        raise AssertionError(f"{type(self).__name__} does a day's work in run()")
