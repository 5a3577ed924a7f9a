"""manage.py read_paper_mail [--dry-run]."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms_portal import programs
from cms_portal.accounts.actions import system_user
from intake.actions.paper_reading import read
from intake.models import Envelope


class Command(BaseCommand):
    """Reads the paper mail that still waits, for instance because the scanner was down."""

    help = "Check and lay out paper mail that waits, and file what has a cover sheet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say how much waits")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        """Safe to run at any time, and twice: each file is looked at once."""
        if not dry_run:
            by = system_user()
            for envelope in Envelope.objects.being_checked().values_list("pk", flat=True):
                read(envelope, now=timezone.now(), by=by)
        for program in programs.all_programs():
            waits = Envelope.objects.being_checked().filter(program=program.code).count()
            self.stdout.write(f"{program.code}: {waits} envelopes wait to be checked")
