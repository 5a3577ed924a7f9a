"""Who sees and does a task: its owner, and its office."""

from __future__ import annotations

from django.db.models import Q

from cms_portal.access.policy import Policy, Reach
from cms_portal.access.roles import Permission, Scope
from cms_portal.work.models import Task


def _of_office(reach: Reach) -> Q:
    # A task of no office must not meet a grant of no office.
    return Q(office=reach.office_id, office__isnull=False)


def _of_region(reach: Reach) -> Q:
    return Q(office__region=reach.region_id, office__region__isnull=False)


TASKS = Policy(
    Task,
    {
        Scope.CASELOAD: lambda reach: Q(owner=reach.user),
        Scope.OFFICE: lambda reach: _of_office(reach) | Q(owner=reach.user),
        Scope.REGION: lambda reach: _of_region(reach) | Q(owner=reach.user),
        Scope.PROGRAM: lambda reach: Q(),
    },
    view=Permission.TASK_VIEW,
)
