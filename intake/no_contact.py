"""How far the known rule for a family that cannot be reached has gone. It never closes anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from cms_portal.programs import Program
from intake.models import ContactAttempt, ContactChannel

# A letter and the child's doctor are what follows the tries, not tries themselves.
AFTER_TRIES = (ContactChannel.LETTER, ContactChannel.DOCTOR)
NOON, EVENING = 12, 17


@dataclass(frozen=True)
class Step:
    """One part of the rule: what it asks, and whether it was done."""

    words: str
    is_done: bool


def steps(attempts: Iterable[ContactAttempt], program: Program) -> list[Step]:
    """Return the rule's parts: tries on several days, at several times, in several ways; letter; doctor."""
    made = list(attempts)
    tries = [one for one in made if one.channel not in AFTER_TRIES]
    moments = [timezone.localtime(one.at, program.timezone) for one in tries]
    days, times = {at.date() for at in moments}, {_part_of_day(at.hour) for at in moments}
    channels, sent = {one.channel for one in tries}, {one.channel for one in made}
    need_days, need_channels = (
        program.clock("no_contact_days_tried"),
        program.clock("no_contact_channels"),
    )
    return [
        Step(
            _("Tried on {done} of {needed} days").format(done=len(days), needed=need_days),
            len(days) >= need_days,
        ),
        Step(_("At different times of the day"), len(times) > 1),
        Step(
            _("In {done} of {needed} ways, such as call and text").format(
                done=len(channels), needed=need_channels
            ),
            len(channels) >= need_channels,
        ),
        Step(_("Then a letter"), ContactChannel.LETTER in sent),
        Step(_("Then through the child’s doctor, or who referred"), _asked_others(sent)),
    ]


def is_complete(attempts: Iterable[ContactAttempt], program: Program) -> bool:
    return all(step.is_done for step in steps(attempts, program))


def _asked_others(sent: set[str]) -> bool:
    return bool(sent & {ContactChannel.DOCTOR, ContactChannel.REFERRER})


def _part_of_day(hour: int) -> str:
    if hour < NOON:
        return "morning"
    return "afternoon" if hour < EVENING else "evening"
