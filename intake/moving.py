"""What a family that moves takes along of its answers, and what becomes of what it had open.

And what stands in the way when two records turn out to be of one child.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from cms_portal.accounts.models import User
from cms_portal.audit.tracking import save_tracked
from cms_portal.families.actions.following import Merging, settles
from cms_portal.families.models import Child, Household
from cms_portal.families.moving import MovablePart, Move
from intake.actions import applications
from intake.models import (
    Application,
    Assessment,
    Channel,
    ConditionStatus,
    Death,
    ReportedCondition,
)

ONE_OPEN_APPLICATION = _(
    "One home has an open application on each of the two records. Close or withdraw one of them first."
)
ONE_OPEN_ENROLLMENT = _(
    "One home has an enrollment on each of the two records. End one of them first."
)
JOINED = gettext_noop("two records of one child were joined")
OPEN_APPLICATIONS = _("Open applications")
DOCTOR = ("has_primary_care_provider", "primary_care_provider", "primary_care_phone")


def copy_health(move: Move) -> None:
    """Begin an application in the new program with the conditions and the doctor told in the old one.

    A paper that confirmed a condition stays with the old program, so here it counts as told.
    """
    told = _newest_answers(move)
    if told is None:
        return
    application = applications.start(
        child=move.new_child,
        household=move.new_household,
        channel=Channel.WEB,
        start_key=uuid.uuid4(),
        by=move.by,
    )
    begun = application.assessment
    for name in DOCTOR:
        setattr(begun, name, getattr(told, name))
    save_tracked(begun, by=move.by, reason="released by the family")
    for row in told.conditions.filter(is_withdrawn=False):
        confirmed = row.status == ConditionStatus.CONFIRMED
        copy = ReportedCondition(
            assessment=begun,
            position=row.position,
            text=row.text,
            icd10=row.icd10,
            status=ConditionStatus.REPORTED if confirmed else row.status,
            on_seizure_medication=row.on_seizure_medication,
            diagnosed_by=row.diagnosed_by,
        )
        save_tracked(copy, by=move.by, reason="released by the family")


def _newest_answers(move: Move) -> Assessment | None:
    return (
        Assessment.objects.filter(
            application__child=move.child, application__household=move.household
        )
        .order_by("pk")
        .last()
    )


def close_what_is_open(
    *, child: Child, household: Household, on: date, by: User, reason: str
) -> None:
    """Withdraw what this household has open for a child who moved away."""
    for application in Application.objects.open().filter(child=child, household=household):
        applications.withdraw(application=application, by=by, at=timezone.now(), reason=reason)


HEALTH = MovablePart(
    "health",
    _("Health conditions and the regular doctor"),
    _("As you told them. Papers stay with the program that has them."),
    copy_health,
)


def open_applications(children: list[int]) -> dict[int, int]:
    """Return how many open applications each of these children has."""
    found: Any = Application.objects.open().filter(child__in=children).values_list("child")
    return dict(found.annotate(Count("pk")))


@settles(Death)
def _one_death(merging: Merging, row: Any) -> dict[str, Any]:
    """Of a death that was written down on both records, one stands."""
    if row.taken_back_at or not Death.objects.standing().filter(child=merging.winner).exists():
        return {}
    return {
        "taken_back_at": timezone.now(),
        "taken_back_by_id": merging.by.pk,
        "taken_back_why": JOINED,
    }
