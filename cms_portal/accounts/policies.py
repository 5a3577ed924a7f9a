"""Whose cards staff may replace: those that their own office gave."""

from __future__ import annotations

from django.db.models import Q

from cms_portal.access.policy import Policy
from cms_portal.access.roles import Permission, Scope
from cms_portal.accounts.models import PaperCard

# A family without a record yet is known only to the office that gave it a card; the others are
# reached through their guardian.
CARDS = Policy(
    PaperCard,
    {
        Scope.CASELOAD: lambda reach: Q(issued_by=reach.user),
        Scope.OFFICE: lambda reach: Q(office=reach.office_id),
        Scope.REGION: lambda reach: Q(office__region=reach.region_id),
        Scope.PROGRAM: lambda reach: Q(office__isnull=False),
    },
    view=Permission.ACCOUNT_HELP,
)
