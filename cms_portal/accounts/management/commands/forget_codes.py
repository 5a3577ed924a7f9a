"""Forgets codes that were sent, forms that were kept, and sessions, once their time is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from cms_portal.accounts.models import SentCode, UnsentForm
from cms_portal.audit.forgetting import ForgetCommand

# Long enough to count how many were asked for; no code works for so long.
CODES_KEPT_FOR = timedelta(days=1)


class Command(ForgetCommand):
    help = "Delete used-up sign-in codes, forms that nobody came back for, and ended sessions."

    def over(self, now: datetime) -> dict[str, QuerySet[Any]]:
        return {
            "codes": SentCode.objects.filter(created_at__lt=now - CODES_KEPT_FOR),
            "unsent forms": UnsentForm.objects.stale(now),
            "sessions": Session.objects.filter(expire_date__lt=now),
        }
