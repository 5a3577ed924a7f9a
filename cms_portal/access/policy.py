"""Who reaches which rows: one policy per model, and every answer derived from its list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.http import Http404

from cms_portal import programs
from cms_portal.access.roles import FAMILY_RIGHTS, Permission, Scope

if TYPE_CHECKING:
    from cms_portal.accounts.models import RoleGrant, User

M = TypeVar("M", bound=models.Model)
# The number of no office and no region. In a query `None` would ask for the rows of no office instead,
# and a grant of no office would reach them all.
NOWHERE = 0


@dataclass(frozen=True)
class Reach:
    """One person using one permission on one day, in the programs where it is that day.

    Staff use it through one grant, and so in one program.
    """

    user: User
    permission: Permission
    programs: tuple[str, ...]
    on: date
    grant: RoleGrant | None = None

    @property
    def program(self) -> str:
        """The program of the grant."""
        (only,) = self.programs
        return only

    @property
    def office_id(self) -> int:
        """The office of the grant; a grant without one reaches no office."""
        return (self.grant.office_id if self.grant else None) or NOWHERE

    @property
    def region_id(self) -> int:
        """The region of the grant, or of its office; a grant without either reaches no region."""
        if self.grant is None:
            return NOWHERE
        office = self.grant.office
        return self.grant.region_id or (office.region_id if office else None) or NOWHERE


@dataclass(frozen=True)
class Reached(Generic[M]):
    """One row, and the way by which somebody reaches it."""

    row: M
    way: Q


class Policy(Generic[M]):
    """Maps how far a permission reaches (scope) to the rows of one model.

    `view` is the permission that makes a row exist for a person: without it a page answers as if
    the row were missing (404); with it, but without the permission asked for, it refuses (403).
    A permission in `alone` needs no `view` beside it: who reads the history need not read the record.
    `program` is the path to the row's program; `never` takes rows away whatever the scope says. A scope
    that reaches rows in several ways returns a list, so that each way keeps its own index.
    """

    def __init__(
        self,
        model: type[M],
        scopes: Mapping[Scope, Callable[[Reach], Q | list[Q]]],
        *,
        view: Permission,
        program: str = "program",
        never: Callable[[User], Q | None] | None = None,
        alone: Collection[Permission] = (),
    ):
        self.model, self.scopes, self.view = model, scopes, view
        self.program, self.never, self.alone = program, never, alone

    def rows(self, user: Any, permission: Permission) -> models.QuerySet[M]:
        """Return the rows on which `user` holds `permission` today."""
        known, sought = Q(), []
        for way in self._ways(user, permission):
            if _asks(way):
                sought.append(way)
            else:
                known |= way
        ways = [known, *sought] if known else sought
        parts = [self.model._default_manager.filter(way) for way in ways]
        return self._either(parts) if parts else self.model._default_manager.none()

    def _ways(self, user: Any, permission: Permission) -> Iterator[Q]:
        """Yield each way in which `user` reaches rows with a permission, from near to far."""
        if not user.is_authenticated:
            return
        for reach, scope in _reaches(user, permission):
            if scope in self.scopes:
                yield from self._reached(reach, scope)

    def _reached(self, reach: Reach, scope: Scope) -> Iterator[Q]:
        never = self.never(reach.user) if self.never else None
        within = Q(**{f"{self.program}__in": reach.programs})
        reached = self.scopes[scope](reach)
        for one in reached if isinstance(reached, list) else [reached]:
            yield one & within if never is None else one & within & ~never

    def _either(self, parts: list[models.QuerySet[M]]) -> models.QuerySet[M]:
        """Join the parts. Each keeps its own indexes in a UNION; in an OR they would all be lost."""
        first, *rest = parts
        if not rest:
            return first
        keys = first.values("pk").union(*(part.values("pk") for part in rest), all=True)
        return self.model._default_manager.filter(pk__in=keys)

    def _among(
        self, rows: models.QuerySet[M], user: Any, permission: Permission
    ) -> Reached[M] | None:
        """Return the one row of `rows` if it is in reach. Most are reached by the first way asked."""
        for way in self._ways(user, permission):
            for row in rows.filter(way)[:1]:
                return Reached(row, way)
        return None

    def allows(self, user: Any, permission: Permission, obj: M) -> bool:
        """Say whether `obj` is among the rows on which `user` holds `permission`."""
        itself = self.model._default_manager.filter(pk=obj.pk).only("pk")
        return self._among(itself, user, permission) is not None

    def allows_reached(self, user: Any, permission: Permission, reached: Reached[M]) -> bool:
        """Say what `allows` says of a row just found; where the same way carries both, nothing is asked."""
        if reached.way in self._ways(user, permission):
            return True
        return self.allows(user, permission, reached.row)

    def find(
        self,
        user: Any,
        permission: Permission,
        rows: models.QuerySet[M] | None = None,
        **lookup: Any,
    ) -> Reached[M]:
        """Find one row; raise Http404 if out of reach or missing, PermissionDenied if only not allowed."""
        rows = self.model._default_manager.all() if rows is None else rows
        try:
            found = rows.filter(**lookup)
            if permission in self.alone and (reached := self._among(found, user, permission)):
                return reached
            reached = self._among(found, user, self.view)
        except ValueError:
            reached = None
        if reached is None:
            raise Http404
        if permission != self.view and not self.allows_reached(user, permission, reached):
            raise PermissionDenied
        return reached


def _asks(way: Q) -> bool:
    """Whether a way holds a question to the database, and not only keys and values known already."""
    parts: list[Any] = way.children
    return any(
        _asks(part) if isinstance(part, Q) else isinstance(part[1], models.QuerySet)
        for part in parts
    )


def _reaches(user: User, permission: Permission) -> list[tuple[Reach, Scope]]:
    return (
        _through_grants(user, permission) if user.is_staff_member else _of_family(user, permission)
    )


def _through_grants(user: User, permission: Permission) -> list[tuple[Reach, Scope]]:
    found = []
    for grant, scope in user.grants_for(permission):
        today = programs.get(grant.program).today()
        found.append((Reach(user, permission, (grant.program,), today, grant), scope))
    return found


def _of_family(user: User, permission: Permission) -> list[tuple[Reach, Scope]]:
    """A family's reach is the same in every program; only around midnight do their days differ."""
    scopes = [scope for scope, held in FAMILY_RIGHTS.items() if permission in held]
    days: dict[date, list[str]] = {}
    for program in programs.all_programs() if scopes else []:
        days.setdefault(program.today(), []).append(program.code)
    return [
        (Reach(user, permission, tuple(codes), day), scope)
        for scope in scopes
        for day, codes in days.items()
    ]


def holds_anywhere(user: Any, permission: Permission) -> bool:
    """Say whether `user` holds `permission` on anything at all, to show or hide a way there."""
    return user.is_authenticated and any(True for _ in _reaches(user, permission))
