"""Forgets what the quick check was told for pages that nobody sent in a month."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from cms_portal.audit.forgetting import ForgetCommand
from intake.models import KeptAnswer


class Command(ForgetCommand):
    help = "Delete answers of the quick check that wait too long on pages of a draft."

    def over(self, now: datetime) -> dict[str, QuerySet[Any]]:
        return {"kept answers": KeptAnswer.objects.stale(now)}
