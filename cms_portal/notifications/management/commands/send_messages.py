"""Sends the messages that still wait, for instance because the mail server was down."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms_portal.accounts.actions import system_user
from cms_portal.notifications.delivery import deliver
from cms_portal.notifications.models import Message


class Command(BaseCommand):
    help = "Send the emails, texts and calls that wait."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say how many wait")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        """Safe to run at any time, and twice: what has been sent is not sent again."""
        if not dry_run:
            by = system_user()
            for message_id in Message.objects.to_send().values_list("pk", flat=True):
                deliver(message_id, now=timezone.now(), by=by)
        self.stdout.write(f"{Message.objects.to_send().count()} messages wait.")
