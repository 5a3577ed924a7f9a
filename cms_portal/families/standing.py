"""What one person is to families today: their homes, the children they speak for, who is shut to them.

Read in one small query, or two or three, once for each request, so that every list and check of a page asks
the database only for keys it already has. A change bites on the next request.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, QuerySet

from cms_portal import programs
from cms_portal.access.once import once_a_request
from cms_portal.database.prepared import prepared
from cms_portal.families.models import CUSTODY, Block, Guardian, HouseholdMembership
from cms_portal.families.rights import RIGHTS

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


@dataclass(frozen=True)
class Hold:
    """A home of the person, and, if `child` is set, one authority they hold through it."""

    household: int
    program: str
    left_on: date | None
    child: int | None
    kind: str
    starts_on: date | None
    ends_on: date | None
    rights: frozenset[str]

    def is_home_on(self, day: date) -> bool:
        return self.left_on is None or day < self.left_on

    def is_in_force_on(self, day: date) -> bool:
        return (
            self.child is not None
            and self.is_home_on(day)
            and self.starts_on is not None
            and self.starts_on <= day
            and (self.ends_on is None or day < self.ends_on)
        )


@dataclass(frozen=True)
class Standing:
    """The holds of one person, with the children a block shuts to them and the homes those live in."""

    holds: tuple[Hold, ...]
    blocked: frozenset[int]
    closed: frozenset[int]

    def in_force(self, on: date, among: Iterable[str]) -> list[Hold]:
        """Return the authorities in force on a day in these programs; a block wins over each."""
        return [
            hold
            for hold in self.holds
            if hold.program in among and hold.is_in_force_on(on) and hold.child not in self.blocked
        ]

    def children(self, right: str, on: date, among: Iterable[str]) -> list[int]:
        """Return the children over whom the person has a right."""
        found = {hold.child for hold in self.in_force(on, among) if right in hold.rights}
        return sorted(child for child in found if child is not None)

    def speaks_for(self, right: str, on: date, among: Iterable[str]) -> list[int]:
        """Return the households that the person speaks for with a right over a child."""
        return sorted(
            {
                hold.household
                for hold in self.in_force(on, among)
                if right in hold.rights and hold.household not in self.closed
            }
        )

    def homes(self, on: date, among: Iterable[str]) -> list[int]:
        """Return the households that are the person's home, but for one a block shuts."""
        return sorted(
            {hold.household for hold in self.holds if hold.program in among and hold.is_home_on(on)}
            - self.closed
        )

    def kinds_over(self, child: int, on: date, among: Iterable[str]) -> set[str]:
        """Return the kinds of authority by which the person speaks for one child."""
        return {hold.kind for hold in self.in_force(on, among) if hold.child == child}

    def in_custody(self, on: date, among: Iterable[str]) -> list[int]:
        """Return the children in custody of the agency this person signs for."""
        found = {hold.child for hold in self.in_force(on, among) if hold.kind in CUSTODY}
        return sorted(child for child in found if child is not None)


@once_a_request
def of(user: User) -> Standing:
    """Return a person's standing; within one request it is read once."""
    holds, may_be_blocked = ((), True) if user.is_staff_member else _holds(user)
    blocked = _blocked(user) if may_be_blocked else set()
    return Standing(
        holds=holds,
        blocked=frozenset(blocked),
        closed=_homes_of(blocked),
    )


def _holds(user: User) -> tuple[tuple[Hold, ...], bool]:
    """Return the person's holds, and whether any block may name them; most people have none."""
    found = [(is_named, _hold(*row)) for is_named, *row in _homes_and_authorities(user.pk)]
    may_be_blocked = not found or any(is_named for is_named, _held in found)
    return tuple(hold for _named, hold in found), may_be_blocked


@prepared
def _homes_and_authorities(user: Any) -> QuerySet:
    held = [
        f"authorities__{name}" for name in ("child_id", "kind", "starts_on", "ends_on", *RIGHTS)
    ]
    return Guardian.objects.filter(user=user).values_list(
        Exists(Block.objects.against(user)), "household_id", "household__program", "left_on", *held
    )


def _hold(
    household: int,
    program: str,
    left_on: date | None,
    child: int | None,
    kind: str,
    starts_on: date | None,
    ends_on: date | None,
    *rights: bool,
) -> Hold:
    held = frozenset(right for right, has in zip(RIGHTS, rights, strict=True) if has)
    return Hold(household, program, left_on, child, kind, starts_on, ends_on, held)


def _blocked(user: User) -> set[int]:
    """Return the children from whom a block keeps this person today, by each program's own date."""
    rows: Any = Block.objects.against(user).values_list(
        "child_id", "child__program", "starts_on", "ends_on"
    )
    found = set()
    for child, program, starts_on, ends_on in rows:
        today = programs.get(program).today()
        if starts_on <= today and (ends_on is None or today < ends_on):
            found.add(child)
    return found


def _homes_of(children: set[int]) -> frozenset[int]:
    """Return where these children live today, or will: no adult who is kept away learns it."""
    if not children:
        return frozenset()
    lives = HouseholdMembership.objects.filter(child__in=children).values_list(
        "household_id", "child__program", "ends_on"
    )
    return frozenset(
        household
        for household, program, ends_on in lives
        if ends_on is None or ends_on > programs.get(program).today()
    )
