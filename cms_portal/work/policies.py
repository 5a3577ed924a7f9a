"""Who sees and does a task: its owner, and its office."""

from __future__ import annotations

from django.db.models import Q

from cms_portal.access.policy import Policy
from cms_portal.access.roles import Permission, Scope
from cms_portal.work.models import Task

TASKS = Policy(
    Task,
    {
        Scope.CASELOAD: lambda reach: Q(owner=reach.user),
        Scope.OFFICE: lambda reach: Q(office=reach.office_id) | Q(owner=reach.user),
        Scope.REGION: lambda reach: Q(office__region=reach.region_id) | Q(owner=reach.user),
        Scope.PROGRAM: lambda reach: Q(),
    },
    view=Permission.TASK_VIEW,
)
