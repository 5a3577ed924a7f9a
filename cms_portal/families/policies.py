"""Who reaches a child, a household, an address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from cms_portal import programs
from cms_portal.access.once import once_a_request
from cms_portal.access.policy import Policy, Reach
from cms_portal.access.roles import Permission, Scope
from cms_portal.families import standing
from cms_portal.families.models import (
    Address,
    Assignment,
    Authority,
    Block,
    Child,
    Guardian,
    Household,
    HouseholdMembership,
    Merge,
    NotTheSame,
    Release,
    periods,
)
from cms_portal.families.models.household import NOT_HIDDEN
from cms_portal.families.rights import RIGHT_FOR

Reached = Callable[[Reach], Q]
STAFF_SCOPES = (Scope.CASELOAD, Scope.OFFICE, Scope.REGION, Scope.PROGRAM)


def served_children(path: str = "child") -> Mapping[Scope, Reached]:
    """Return the staff scopes of any model about a child: through `Assignment`, at the end of a path."""

    def children(by: str, of: Callable[[Reach], Any]) -> Reached:
        return lambda reach: Q(**{f"{path}__in": _served(reach, by, of(reach))})

    return {
        Scope.CASELOAD: children("worker", lambda reach: reach.user.pk),
        Scope.OFFICE: children("office", lambda reach: reach.office_id),
        Scope.REGION: children("office__region", lambda reach: reach.region_id),
        Scope.PROGRAM: lambda reach: Q(),
    }


def _served(reach: Reach, by: str, who: Any) -> QuerySet:
    """Return the children whose assignment in force on the day names this worker, office or region.

    Within a request the same question is the same object, so that two permissions which reach a row by
    it are seen to be one way.
    """
    asked, key = _served_by(reach.user), (reach.program, reach.on, by, who)
    if key not in asked:
        serving = Assignment.objects.on(reach.on).filter(program=reach.program, **{by: who})
        asked[key] = serving.values("child")
    return asked[key]


@once_a_request
def _served_by(user: Any) -> dict[Any, QuerySet]:
    return {}


def blocked(path: str = "child") -> Callable[[Any], Q | None]:
    """Return the rows that a block takes away from a person, at the end of a path to the child."""

    def never(user: Any) -> Q | None:
        if user.is_staff_member:
            return Q(**{f"{path}__in": _shut_to_worker(user)})
        children = standing.of(user).blocked
        return Q(**{f"{path}__in": children}) if children else None

    return never


@once_a_request
def _shut_to_worker(user: Any) -> QuerySet:
    """Return the children a block shuts to a worker: nearly always none, so it is asked with the rows."""
    in_force = Q(pk__in=[])
    for program in programs.all_programs():
        in_force |= periods.in_force(program.today()) & Q(child__program=program.code)
    return Block.objects.filter(in_force).against(user).values("child")


def children_ids(reach: Reach) -> list[int]:
    """Return the children over whom this person's authority carries the right the permission needs."""
    right = RIGHT_FOR[reach.permission]
    return standing.of(reach.user).children(right, reach.on, reach.programs)


def household_ids(reach: Reach) -> list[int]:
    """Return the households this person speaks for, for policies of what a household tells."""
    right = RIGHT_FOR[reach.permission]
    return standing.of(reach.user).speaks_for(right, reach.on, reach.programs)


def told_by_household(household: str = "household", child: str = "child") -> Reached:
    """Return the family scope of any model that one household tells about one child.

    Another home of the child does not reach it, nor does an adult of the same home whose rights over
    this child have ended.
    """
    return lambda reach: Q(
        **{f"{household}__in": household_ids(reach), f"{child}__in": children_ids(reach)}
    )


def home_ids(reach: Reach) -> list[int]:
    """Return the homes of this person, in which they have their own way of being reached."""
    return standing.of(reach.user).homes(reach.on, reach.programs)


def _own_household(reach: Reach) -> Q:
    """The home of this person: to look at it, living there is enough; to change it takes a right."""
    if reach.permission == Permission.HOUSEHOLD_VIEW:
        return Q(pk__in=home_ids(reach))
    return _homes_spoken_for(reach, "pk")


def _homes_spoken_for(reach: Reach, path: str) -> Q:
    """The homes of a child over whom this person has a right today, and one that has no child yet."""
    homes = home_ids(reach)
    with_children = HouseholdMembership.objects.filter(household__in=homes).values("household")
    begun = Q(**{f"{path}__in": homes}) & ~Q(**{f"{path}__in": with_children})
    return Q(**{f"{path}__in": household_ids(reach)}) | begun


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
    """Their own household's; and for an agency with custody, where it has placed the child.

    Whose rights have ended still has a place in the home that was theirs, and never learns from us
    where its people went.
    """
    own = _homes_spoken_for(reach, "household") & NOT_HIDDEN
    in_custody = standing.of(reach.user).in_custody(reach.on, reach.programs)
    if not in_custody:
        return own
    homes = HouseholdMembership.objects.on(reach.on).filter(child__in=in_custody)
    return own | Q(household__is_placement=True, household__in=homes.values("household"))


def between_us_and_a_household(path: str = "") -> Mapping[Scope, Callable[[Reach], list[Q]]]:
    """Return the scopes of what one household gives or is told: papers, messages.

    `path` leads to the row with `household` and, where it is about one child and not about the home,
    `child`. Another home of the child never reaches it; an adult of the home only what is about a child
    they speak for.
    """
    household, child, of_the_home = f"{path}household", f"{path}child", f"{path}child__isnull"

    def either(about_child: Reached, about_home: Reached) -> Callable[[Reach], list[Q]]:
        return lambda reach: [about_child(reach), Q(**{of_the_home: True}) & about_home(reach)]

    children, households = served_children(child), _households_served(household)
    return {
        **{scope: either(children[scope], households[scope]) for scope in children},
        Scope.PROGRAM: lambda reach: [Q()],
        Scope.HOUSEHOLD: either(
            told_by_household(household, child),
            lambda reach: Q(**{f"{household}__in": household_ids(reach)}),
        ),
    }


# A record that was joined with another is nobody's any more: all that pointed to it points to the other.
CHILDREN = Policy(
    Child,
    {
        Scope.HOUSEHOLD: lambda reach: Q(pk__in=children_ids(reach)),
        **served_children("pk"),
        Scope.PROGRAM: lambda reach: Q(merged_into__isnull=True),
    },
    view=Permission.CHILD_VIEW,
    never=blocked("pk"),
    alone={Permission.ACCESS_REVIEW},
)

# Of whom a worker may know, in their program, that a child is known: asked for one who looks the same. It
# opens no page.
KNOWN_CHILDREN = Policy(
    Child,
    dict.fromkeys(STAFF_SCOPES, lambda reach: Q(merged_into__isnull=True)),
    view=Permission.CHILD_MERGE,
    never=blocked("pk"),
)

HOUSEHOLDS = Policy(
    Household,
    {
        Scope.HOUSEHOLD: _own_household,
        **_households_served(),
    },
    view=Permission.HOUSEHOLD_VIEW,
)

# A family member changes only their own way of being reached, never another adult's of the home.
GUARDIANS = Policy(
    Guardian,
    {
        Scope.HOUSEHOLD: lambda reach: Q(user=reach.user, household__in=home_ids(reach)),
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

# A release is taken back by who signed it, and by nobody else.
RELEASES = Policy(
    Release,
    {Scope.HOUSEHOLD: lambda reach: Q(signed_by__user=reach.user)},
    view=Permission.CHILD_VIEW,
    never=blocked("child"),
)


def _either(one: Reached, other: Reached) -> Callable[[Reach], list[Q]]:
    return lambda reach: [one(reach), other(reach)]


def _blocked_from_either(*paths: str) -> Callable[[Any], Q | None]:
    """Return the pairs of which a block takes one child away from a person."""

    def never(user: Any) -> Q | None:
        shut = [way for path in paths if (way := blocked(path)(user)) is not None]
        return reduce(or_, shut) if shut else None

    return never


def _of_either(one: str, other: str) -> Mapping[Scope, Callable[[Reach], Any]]:
    """Return the staff scopes of a pair: whoever serves one of the two children."""
    ours, theirs = served_children(one), served_children(other)
    near = {scope: _either(ours[scope], theirs[scope]) for scope in STAFF_SCOPES[:-1]}
    return {**near, Scope.PROGRAM: lambda reach: Q()}


# Whoever may join one of the two records; what a page shows of the other, it asks for by itself.
MERGES = Policy(
    Merge,
    _of_either("winner", "loser"),
    view=Permission.CHILD_MERGE,
    never=_blocked_from_either("winner", "loser"),
)

# Whoever may join either of the two children who were told apart.
MARKS = Policy(
    NotTheSame,
    _of_either("first", "second"),
    view=Permission.CHILD_MERGE,
    never=_blocked_from_either("first", "second"),
)
