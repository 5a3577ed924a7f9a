"""Forgets what the quick check was told for pages that nobody sent in a month."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms_portal.accounts.actions import system_user
from cms_portal.audit import context
from intake.models import KeptAnswer


class Command(BaseCommand):
    help = "Delete answers of the quick check that wait too long on pages of a draft."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--on", type=date.fromisoformat, help="as if it were the start of a day"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say how many there are")

    def handle(self, *args: Any, on: date | None, dry_run: bool, **options: Any) -> None:
        """Safe to run at any time, and twice."""
        now = (
            datetime.combine(on, time(), timezone.get_current_timezone()) if on else timezone.now()
        )
        stale = KeptAnswer.objects.stale(now)
        count = stale.count()
        if not dry_run:
            with context.acting(by=system_user(), reason="its time is over"):
                stale.delete()
        self.stdout.write(f"{count} kept answers.")
