"""Who reaches a child, a household, an address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from cms_portal.access.policy import Policy, Reach
from cms_portal.access.roles import Permission, Scope
from cms_portal.families.models import (
    Address,
    Assignment,
    Authority,
    Block,
    Child,
    Guardian,
    Household,
    HouseholdMembership,
)
from cms_portal.families.models.household import NOT_HIDDEN

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
    return lambda user: Q(**{f"{path}__in": Block.objects.in_force_for(user).values("child")})


def household_ids(reach: Reach) -> QuerySet:
    """Return the ids of the households this person speaks for, for policies of what a household tells.

    Together with the child: a row that one household tells about one child is reached by
    `told_by_household()`.
    """
    homes = Household.objects.home_to(reach.user, reach.on)
    return (
        Authority.objects.on(reach.on)
        .giving(reach.permission)
        .held_by(reach.user)
        .filter(guardian__household__in=homes)
        .values("guardian__household")
    )


def told_by_household(household: str = "household", child: str = "child") -> Reached:
    """Return the family scope of any model that one household tells about one child.

    Another home of the child does not reach it, nor does an adult of the same home whose rights over
    this child have ended.
    """
    return lambda reach: Q(
        **{
            f"{household}__in": household_ids(reach),
            f"{child}__in": Child.objects.seen_by_family(reach),
        }
    )


def _own_household(reach: Reach) -> QuerySet:
    """The home of this person: to look at it, living there is enough; to change it takes a right."""
    homes = Household.objects.home_to(reach.user, reach.on)
    if reach.permission == Permission.HOUSEHOLD_VIEW:
        return homes
    speaks = homes.filter(pk__in=household_ids(reach))
    begun = homes.exclude(pk__in=HouseholdMembership.objects.values("household"))
    return Household.objects.filter(pk__in=speaks.values("pk").union(begun.values("pk"), all=True))


def _households_served(path: str = "pk") -> Mapping[Scope, Reached]:
    def through_children(children: Reached) -> Reached:
        return lambda reach: Q(
            **{
                f"{path}__in": HouseholdMembership.objects.filter(
                    children(reach), child__program=reach.program
                ).values("household")
            }
        )

    scopes = {scope: through_children(children) for scope, children in served_children().items()}
    return scopes | {Scope.PROGRAM: lambda reach: Q()}


def _shown_among(addresses: Reached) -> Reached:
    def shown(reach: Reach) -> Q:
        sees_all = reach.permission == Permission.ADDRESS_VIEW_CONFIDENTIAL
        return addresses(reach) if sees_all else addresses(reach) & NOT_HIDDEN

    return shown


def _addresses_of_family(reach: Reach) -> Q:
    """Their own household's; and for an agency with custody, where it has placed the child."""
    own = Address.objects.not_hidden().filter(household__in=_own_household(reach))
    placed = Address.objects.filter(
        household__in=Household.objects.placements_by(reach.user, reach.on)
    )
    return Q(pk__in=own.values("pk").union(placed.values("pk"), all=True))


def between_us_and_a_household(path: str = "") -> Mapping[Scope, Reached]:
    """Return the scopes of what one household gives or is told: papers, messages.

    `path` leads to the row with `household` and, where it is about one child and not about the home,
    `child`. Another home of the child never reaches it; an adult of the home only what is about a child
    they speak for.
    """
    household, child, of_the_home = f"{path}household", f"{path}child", f"{path}child__isnull"

    def either(about_child: Reached, about_home: Reached) -> Reached:
        return lambda reach: about_child(reach) | Q(**{of_the_home: True}) & about_home(reach)

    children, households = served_children(child), _households_served(household)
    return {
        **{scope: either(children[scope], households[scope]) for scope in children},
        Scope.PROGRAM: children[Scope.PROGRAM],
        Scope.HOUSEHOLD: either(
            told_by_household(household, child),
            lambda reach: Q(**{f"{household}__in": household_ids(reach)}),
        ),
    }


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
        Scope.HOUSEHOLD: lambda reach: Q(pk__in=_own_household(reach)),
        **_households_served(),
    },
    view=Permission.HOUSEHOLD_VIEW,
)

# A family member changes only their own way of being reached, never another adult's of the home.
GUARDIANS = Policy(
    Guardian,
    {
        Scope.HOUSEHOLD: lambda reach: Q(
            user=reach.user, household__in=Household.objects.home_to(reach.user, reach.on)
        ),
        **_households_served("household"),
    },
    view=Permission.HOUSEHOLD_VIEW,
    program="household__program",
)

# An address is not part of a child's page: another home of the same child never reaches it. Where a
# confidential or placed household is, only those reach who hold `ADDRESS_VIEW_CONFIDENTIAL`.
ADDRESSES = Policy(
    Address,
    {
        Scope.HOUSEHOLD: _addresses_of_family,
        **{scope: _shown_among(rows) for scope, rows in _households_served("household").items()},
    },
    view=Permission.HOUSEHOLD_VIEW,
    program="household__program",
)

# What an adult may do for a child is staff's to read and record; a family reads of its own on the
# child's page.
AUTHORITIES = Policy(
    Authority, {**served_children()}, view=Permission.AUTHORITY_RECORD, program="child__program"
)
BLOCKS = Policy(
    Block, {**served_children()}, view=Permission.GUARDIAN_BLOCK, program="child__program"
)
ASSIGNMENTS = Policy(Assignment, {**served_children()}, view=Permission.CHILD_VIEW)
