"""manage.py replay_determinations"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from eligibility.comparing import AT_ONCE, replay
from eligibility.models import Determination
from eligibility.program_folders import rulebooks


class Command(BaseCommand):
    """Asks the rules again about every stored determination, and names each that differs."""

    help = "Check that stored determinations come out again as they did; changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Determination.objects.order_by("pk")
        with tqdm(total=rows.count(), desc="Determinations", unit="", mininterval=1) as bar:
            told = replay(rows.iterator(chunk_size=AT_ONCE), rulebooks(), seen=bar.update)
        for one in told.differences:
            why = "differs under its own rules" if one.same_rules else "would differ today"
            self.stdout.write(
                f"determination {one.determination}: {', '.join(one.services)}: {why}"
            )
        self.stdout.write(
            f"{told.count} asked again, {told.by_other_rules} of them made by other rules,"
            f" {len(told.differences)} different"
        )
        faults = [one for one in told.differences if one.same_rules]
        if faults:
            raise CommandError(f"determinations that differ under their own rules: {len(faults)}")
