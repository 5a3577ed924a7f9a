"""manage.py preview_rulebook --candidate DIR"""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from eligibility.comparing import AT_ONCE, Preview, caseload, preview
from eligibility.faults import BadRulebook
from eligibility.program_folders import load_rulebooks, rulebooks


class Command(BaseCommand):
    """Says who would get another answer if the values in a folder were in force."""

    help = "Ask the caseload under other rulebooks, and say who flips; changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder of rulebooks to try, and the day to ask about."""
        parser.add_argument("--candidate", type=Path, required=True, metavar="DIR")
        parser.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            candidate = load_rulebooks(options["candidate"])
        except BadRulebook as wrong:
            raise CommandError(f"the candidate cannot be used: {wrong}") from wrong
        rows = caseload()
        with tqdm(total=rows.count(), desc="Children", unit="", mininterval=1) as bar:
            found = preview(
                rows.iterator(chunk_size=AT_ONCE),
                rulebooks(),
                candidate,
                on=options["on"] or timezone.localdate(),
                seen=bar.update,
            )
        self._tell(found)

    def _tell(self, found: Preview) -> None:
        for (program, service, was, becomes, county), count in sorted(found.flips.items()):
            self.stdout.write(f"{program}  {service}  {was} -> {becomes}  {county}: {count}")
        flips = sum(found.flips.values())
        self.stdout.write(
            f"{found.count} asked, {flips} answers flip, {found.unreadable} unreadable"
        )
