"""Who reaches an application: the household that made it, and the staff who serve the child."""

from __future__ import annotations

from django.db.models import Q

from cms_portal.access.policy import Policy
from cms_portal.access.roles import Permission, Scope
from cms_portal.families.models import Child
from cms_portal.families.policies import Reached, blocked, household_ids, served_children
from intake.models import Application, Status

# What a family has not sent yet is its own; a draft that staff took down is the office's, too.
_SENT = ~Q(status=Status.DRAFT, channel="web")


def _sent(children: Reached) -> Reached:
    return lambda reach: children(reach) & _SENT


APPLICATIONS = Policy(
    Application,
    {
        Scope.HOUSEHOLD: lambda reach: Q(
            household__in=household_ids(reach), child__in=Child.objects.seen_by_family(reach)
        ),
        **{scope: _sent(children) for scope, children in served_children().items()},
    },
    view=Permission.APPLICATION_VIEW,
    never=blocked(),
)
