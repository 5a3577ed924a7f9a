"""Checks the files that still wait, for instance because the scanner was down."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cms_portal.accounts.actions import system_user
from cms_portal.documents import storing
from cms_portal.documents.checking import check
from cms_portal.documents.models import DocumentFile


class Command(BaseCommand):
    help = "Check the files that wait, and remove stored files that no paper names."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say how many wait")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        """Safe to run at any time, and twice: a file is checked once."""
        if not dry_run:
            by = system_user()
            for file_id in DocumentFile.objects.being_checked().values_list("pk", flat=True):
                check(file_id, now=timezone.now(), by=by)
            storing.remove_unnamed(timezone.now())
        self.stdout.write(f"{DocumentFile.objects.being_checked().count()} files wait.")
