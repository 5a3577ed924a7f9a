"""Which office, and which worker, serves a child."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from cms_portal.audit.tracking import save_tracked
from cms_portal.families.actions.dated import NotAllowedHere, end_all
from cms_portal.families.actions.locking import locked
from cms_portal.families.models import Assignment, AssignmentKind, Child

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.families.models import Household
    from cms_portal.offices.models import Office


@transaction.atomic
def assign(
    *,
    child: Child,
    office: Office,
    kind: str,
    starts_on: date,
    by: User,
    reason: str,
    worker: User | None = None,
    household: Household | None = None,
    ends_on: date | None = None,
) -> Assignment:
    """Say which office, and which worker, serves a child from a day; ends the one before of that kind.

    Intake may be for one `household` of the child: then it leaves another's as it is. Cover ends by
    itself, on `ends_on`.
    """
    if office.program != child.program:
        raise NotAllowedHere(_("Records of different programs stay apart."))
    locked(child)
    if kind != AssignmentKind.COVER:
        before = child.assignments.filter(kind=kind)
        if kind == AssignmentKind.INTAKE:
            before = before.filter(household=household)
        end_all(rows=before, on=starts_on, by=by, reason=reason)
    assignment = Assignment(
        child=child,
        household=household,
        program=child.program,
        office=office,
        worker=worker,
        kind=kind,
        reason=reason,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return save_tracked(assignment, by=by, reason=reason)
