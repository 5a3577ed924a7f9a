"""manage.py load_reference_data"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cms_portal.accounts.actions import system_user
from cms_portal.offices import reference


class Command(BaseCommand):
    help = "Load regions, counties and offices from the portal's own files; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        tally = reference.load(by=system_user())
        counts = ", ".join(f"{count} {what}" for what, count in sorted(tally.items()))
        self.stdout.write(f"Regions, counties and offices: {counts}.")
