"""Make the demo's people, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from carecoord.demo import people
from cms_portal.accounts.models import User


class Command(BaseCommand):
    help = "Make the demo's people with believable lives, dated relative to today; a second run adds nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("Demo people exist only in demo mode.")
        if User.objects.filter(username="rosa").exists():
            return
        with transaction.atomic():
            people.make_everybody(now=timezone.now() - timedelta(minutes=1))
