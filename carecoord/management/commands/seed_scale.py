"""Fill a database with many invented children, to see how the portal does with a state's worth."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from tqdm import tqdm

from carecoord.scale.others import TooMany
from carecoord.scale.seeding import PATTERNS_PER_PROGRAM, Seeder
from cms_portal.database import bulk
from cms_portal.offices.models import Office

SHOWN = 12
MEGABYTE = 2**20


class Command(BaseCommand):
    help = (
        "Add invented children with their families, applications, decisions and histories. Most rows are "
        "copied straight into the tables, so it runs as the owner's login; each leaves its evidence."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--children", type=int, required=True)
        parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same lots")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Invented children belong on no state's server.")
        if options["children"] < 1:
            raise CommandError("--children must be 1 or more.")
        if not Office.objects.exists():
            raise CommandError("There are no offices yet. Run: manage.py load_reference_data")
        began = time.monotonic()
        copied = self._seed(options["children"], options["seed"])
        bulk.settle(connection)
        self._report(copied, options["children"], time.monotonic() - began)

    def _seed(self, children: int, seed: int) -> dict[str, int]:
        totals = {"patterns": 2 * PATTERNS_PER_PROGRAM, "children": children}
        bars = {
            name: tqdm(total=total, desc=f"{name:>9}", unit="", mininterval=1, position=place)
            for place, (name, total) in enumerate(totals.items())
        }
        try:
            return Seeder(
                children=children,
                seed=seed,
                now=timezone.now(),
                say=lambda name, count: bars[name].update(count),
            ).seed()
        except (TooMany, bulk.NotQuiet) as problem:
            raise CommandError(str(problem)) from problem
        finally:
            for bar in bars.values():
                bar.close()

    def _report(self, copied: dict[str, int], children: int, seconds: float) -> None:
        for table, rows, size in bulk.sizes(connection)[:SHOWN]:
            self.stdout.write(f"  {table:<42} {rows:>10,} rows {size / MEGABYTE:>8,.0f} MB")
        rows = sum(copied.values())
        self.stdout.write(
            f"{children:,} children, {rows:,} rows copied ({rows / children:.0f} a child)"
            f" in {seconds:.0f} s."
        )
