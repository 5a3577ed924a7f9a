"""Times a night's reminders to renew, of a night before which nobody was reminded; takes them back."""

from __future__ import annotations

import time
from collections.abc import Iterator

from django.db import transaction

from bench.rules import RuleTiming
from cms_portal import programs
from cms_portal.accounts.actions import system_user
from intake.actions.reminders import remind_to_renew
from intake.models import Enrollment

SECONDS = 60.0


def time_reminders() -> Iterator[RuleTiming]:
    """Yield what the reminders of all programs take together."""
    held = Enrollment.objects.open().count()
    if not held:
        return
    with transaction.atomic():
        began = time.perf_counter()
        reminded = sum(1 for program in programs.all_programs() for _one in _reminded(program))
        spent = time.perf_counter() - began
        transaction.set_rollback(True)
    yield RuleTiming(f"{reminded:,} reminders for {held:,} enrolled", spent, SECONDS, "s")


def _reminded(program: programs.Program) -> Iterator[Enrollment]:
    return remind_to_renew(program=program, on=program.today(), by=system_user())
