"""Who reaches a child, a household, an address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from cms_portal.access.policy import Policy, Reach
from cms_portal.access.roles import Permission, Scope
from cms_portal.families.models import Address, Authority, Block, Child, Household

Reached = Callable[[Reach], Q]


def served_children(path: str = "child") -> Mapping[Scope, Reached]:
    """Return the staff scopes of any model about a child: through `Assignment`, at the end of a path."""

    def children(**by: Callable[[Reach], Any]) -> Reached:
        return lambda reach: Q(
            **{f"{path}__in": Child.objects.served(reach, **{k: of(reach) for k, of in by.items()})}
        )

    return {
        Scope.CASELOAD: children(worker=lambda reach: reach.user),
        Scope.OFFICE: children(office=lambda reach: reach.office_id),
        Scope.REGION: children(office__region=lambda reach: reach.region_id),
        Scope.PROGRAM: lambda reach: Q(),
    }


def blocked(path: str = "child") -> Callable[[Any], Q]:
    """Return the rows that a block takes away from a person, at the end of a path to the child."""
    return lambda user: Q(**{f"{path}__in": Child.objects.blocked_for(user)})


def household_ids(reach: Reach) -> QuerySet:
    """Return the ids of the households this person speaks for, for policies of what a household tells."""
    return (
        Authority.objects.on(reach.on)
        .giving(reach.permission)
        .filter(guardian__user=reach.user)
        .exclude(child__in=Block.objects.in_force_for(reach.user).values("child"))
        .values("guardian__household")
    )


def _households_served(path: str) -> Mapping[Scope, Reached]:
    def through_children(children: Reached) -> Reached:
        return lambda reach: Q(
            **{
                f"{path}__in": Child.objects.filter(children(reach), program=reach.program).values(
                    "memberships__household"
                )
            }
        )

    return {scope: through_children(children) for scope, children in served_children("pk").items()}


CHILDREN = Policy(
    Child,
    {
        Scope.HOUSEHOLD: lambda reach: Q(pk__in=Child.objects.seen_by_family(reach)),
        **served_children("pk"),
    },
    view=Permission.CHILD_VIEW,
    never=blocked("pk"),
)

HOUSEHOLDS = Policy(
    Household,
    {
        Scope.HOUSEHOLD: lambda reach: Q(pk__in=household_ids(reach)),
        **_households_served("pk"),
    },
    view=Permission.HOUSEHOLD_VIEW,
)

# An address is not part of a child's page: another home of the same child never reaches it, and the
# home of a confidential or placed household only those who may see such addresses.
ADDRESSES = Policy(
    Address,
    {
        Scope.HOUSEHOLD: lambda reach: Q(household__in=household_ids(reach)),
        **_households_served("household"),
    },
    view=Permission.HOUSEHOLD_VIEW,
    program="household__program",
)
