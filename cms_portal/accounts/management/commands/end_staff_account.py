"""Ends a staff account from a day; an open session ends with its next click."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms_portal import programs
from cms_portal.accounts import actions
from cms_portal.accounts.models import User, UserKind


class Command(BaseCommand):
    help = "Close a staff account, today or from another day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--on", type=date.fromisoformat, help="today, if not given")
        parser.add_argument("--reason", required=True, help="kept in the history")

    def handle(
        self, *args: Any, username: str, on: date | None, reason: str, **options: Any
    ) -> None:
        user = User.objects.filter(username=username, kind=UserKind.STAFF).first()
        if user is None:
            raise CommandError(f"There is no staff account {username}.")
        day = on or programs.day_everywhere()
        actions.end_employment(user=user, on=day, by=actions.system_user(), reason=reason)
        self.stdout.write(f"{user.name} signs in no more from {day:%Y-%m-%d}.")
