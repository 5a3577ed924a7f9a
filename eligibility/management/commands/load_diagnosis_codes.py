"""manage.py load_diagnosis_codes"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from eligibility import diagnosis_codes


class Command(BaseCommand):
    help = "Load the ICD-10-CM codes of the installed release; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        count = diagnosis_codes.load()
        self.stdout.write(f"Diagnosis codes: {count} written.")
