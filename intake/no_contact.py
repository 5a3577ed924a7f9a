"""How far the known rule for a family that cannot be reached has gone. It never closes anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils import timezone
from django.utils.translation import gettext as _

from cms_portal.programs import Program
from intake.models import (
    Application,
    Channel,
    ContactAttempt,
    ContactChannel,
    ContactOutcome,
    MissedCall,
    VisitState,
)

# A letter and the child's doctor are what follows the tries, not tries themselves.
AFTER_TRIES = (ContactChannel.LETTER, ContactChannel.DOCTOR)
# The first parts of the rule are about the tries.
TRIES = 3
WAY_OF_VISIT: dict[str, ContactChannel] = {
    Channel.PHONE: ContactChannel.CALL,
    Channel.OFFICE: ContactChannel.VISIT,
}
NOON, EVENING = 12, 17


class Try(Protocol):
    """When somebody tried, and how: an attempt with a referral, or a call or visit that was missed."""

    @property
    def at(self) -> datetime: ...

    @property
    def channel(self) -> str: ...


@dataclass(frozen=True)
class Tried:
    """A call or a visit that reached nobody."""

    at: datetime
    channel: str


@dataclass(frozen=True)
class Step:
    """One part of the rule: what it asks, and whether it was done."""

    words: str
    is_done: bool


def steps(attempts: Iterable[Try], program: Program) -> list[Step]:
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


def is_complete(attempts: Iterable[Try], program: Program) -> bool:
    return all(step.is_done for step in steps(attempts, program))


def is_tried_enough(attempts: Iterable[Try], program: Program) -> bool:
    """Say whether enough was tried, in enough ways, that a letter follows."""
    return all(step.is_done for step in steps(attempts, program)[:TRIES])


def tries_for(application: Application) -> list[Try]:
    """Return the tries to reach an applicant since we last spoke.

    They are those with its referrals, missed visits, and calls about what cannot wait.
    """
    attempts = list(ContactAttempt.objects.filter(referral__application=application))
    spoken = [one.at for one in attempts if one.outcome == ContactOutcome.REACHED]
    spoken += application.conversations.values_list("held_at", flat=True)
    needs = application.urgent_needs.all()
    spoken += [one.answered_at for one in needs if one.answered_at]
    calls = MissedCall.objects.filter(need__in=needs)
    missed = application.visits.filter(state=VisitState.MISSED)
    tries: list[Try] = [
        *attempts,
        *(Tried(one.starts_at, WAY_OF_VISIT[one.channel]) for one in missed),
        *(Tried(one.at, ContactChannel.CALL) for one in calls),
    ]
    return [one for one in tries if not spoken or one.at > max(spoken)]


def _asked_others(sent: set[str]) -> bool:
    return bool(sent & {ContactChannel.DOCTOR, ContactChannel.REFERRER})


def _part_of_day(hour: int) -> str:
    if hour < NOON:
        return "morning"
    return "afternoon" if hour < EVENING else "evening"
