"""Who answers for a child today, or for one of its homes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Case, Q, Value, When

from cms_portal.families.models import Assignment, AssignmentKind

if TYPE_CHECKING:
    from cms_portal.families.models import Child, Household


def who_serves(
    *, program: str, child: Child | None, household: Household | None, on: date
) -> Assignment | None:
    """Return the assignment that answers: the coordinator's, else the home's own intake, else the child's.

    What is asked about one home never goes to the office that another home of the child turned to.
    """
    serving = Assignment.objects.on(on).filter(program=program)
    if child is not None:
        serving = serving.filter(child=child)
    else:
        serving = serving.filter(child__memberships__household=household)
    if household is not None:
        serving = serving.filter(Q(household=household) | Q(household__isnull=True))
    nearest = serving.order_by(_coordinator_first(), "household_id", "-pk")
    return nearest.select_related("office", "worker").first()


def _coordinator_first() -> Case:
    return Case(
        When(kind=AssignmentKind.PRIMARY, then=Value(0)),
        When(kind=AssignmentKind.INTAKE, then=Value(1)),
        default=Value(2),
    )
