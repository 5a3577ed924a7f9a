"""Who reaches an application: the household that made it, and the staff who serve the child."""

from __future__ import annotations

from django.db.models import Q

from cms_portal.access.policy import Policy
from cms_portal.access.roles import Permission, Scope
from cms_portal.families.policies import (
    Reached,
    blocked,
    served_children,
    told_by_household,
)
from intake.models import Application, Helper, Status

# What a family has not sent yet is its own; a draft that staff took down is the office's, too.
_SENT = ~Q(status=Status.DRAFT, channel="web")


def _sent(children: Reached) -> Reached:
    return lambda reach: children(reach) & _SENT


APPLICATIONS = Policy(
    Application,
    {
        Scope.HOUSEHOLD: told_by_household(),
        Scope.GRANT: lambda reach: Q(
            pk__in=Helper.objects.on(reach.on).filter(user=reach.user).values("application")
        ),
        **{scope: _sent(children) for scope, children in served_children().items()},
    },
    view=Permission.APPLICATION_VIEW,
    never=blocked(),
)
