"""Commands that delete rows whose time is over: safe to run at any time, and twice."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import QuerySet
from django.utils import timezone

from cms_portal.accounts.actions import system_user
from cms_portal.audit import context


class ForgetCommand(BaseCommand):
    """Deletes what `over` returns, and says how many there were."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--on", type=date.fromisoformat, help="as if it were the start of a day"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say how many there are")

    def handle(self, *args: Any, on: date | None, dry_run: bool, **options: Any) -> None:
        now = (
            datetime.combine(on, time(), timezone.get_current_timezone()) if on else timezone.now()
        )
        for words, rows in self.over(now).items():
            count = rows.count()
            if not dry_run:
                with context.acting(by=system_user(), reason="its time is over"):
                    rows.delete()
            self.stdout.write(f"{count} {words}.")

    def over(self, now: datetime) -> Mapping[str, QuerySet[Any]]:
        """Return what is over at a moment, by what it is called."""
        raise AssertionError(f"{type(self).__name__} says what is over in over()")
