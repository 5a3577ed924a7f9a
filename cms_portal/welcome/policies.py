"""Who answers messages from the public, and who writes news."""

from __future__ import annotations

from django.db.models import Q

from cms_portal.access.policy import Policy
from cms_portal.access.roles import Permission, Scope
from cms_portal.welcome.models import NewsItem, PublicMessage

MESSAGES = Policy(
    PublicMessage,
    {
        Scope.OFFICE: lambda reach: Q(office=reach.office_id),
        Scope.REGION: lambda reach: Q(office__region=reach.region_id),
        Scope.PROGRAM: lambda reach: Q(),
    },
    view=Permission.TASK_VIEW,
)
NEWS = Policy(NewsItem, {Scope.PROGRAM: lambda reach: Q()}, view=Permission.SETTING_EDIT)
