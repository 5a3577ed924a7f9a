"""Forgets codes that were sent, forms that were kept, and sessions, once their time is over."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand
from django.db.models import QuerySet
from django.utils import timezone

from cms_portal.accounts.actions import system_user
from cms_portal.accounts.models import SentCode, UnsentForm
from cms_portal.audit import context

# Long enough to count how many were asked for; no code works for so long.
CODES_KEPT_FOR = timedelta(days=1)


class Command(BaseCommand):
    help = "Delete used-up sign-in codes, forms that nobody came back for, and ended sessions."

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
        for words, rows in self.over(now).items():
            count = rows.count()
            if not dry_run:
                with context.acting(by=system_user(), reason="its time is over"):
                    rows.delete()
            self.stdout.write(f"{count} {words}.")

    def over(self, now: datetime) -> dict[str, QuerySet[Any]]:
        """Return what is over at a moment, by what it is called."""
        return {
            "codes": SentCode.objects.filter(created_at__lt=now - CODES_KEPT_FOR),
            "unsent forms": UnsentForm.objects.stale(now),
            "sessions": Session.objects.filter(expire_date__lt=now),
        }
