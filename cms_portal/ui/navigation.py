"""The ways shown above pages: each app adds its own, and a person sees those open to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from cms_portal.access.policy import holds_anywhere
from cms_portal.access.roles import Permission

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


@dataclass(frozen=True)
class Way:
    """One entry: its words, where it leads, who sees it, and its place among the others."""

    label: str | Promise
    url_name: str
    place: int
    permission: Permission | None = None
    for_staff: bool = True
    count: Callable[[User], int] | None = None
    """How much waits there for a person; shown beside the words."""


@dataclass(frozen=True)
class PublicWay:
    """One entry above a program's public pages; its address takes the program."""

    label: str | Promise
    url_name: str
    place: int


_ways: set[Way] = set()
_public_ways: set[PublicWay] = set()


def add(*ways: Way) -> None:
    """Add ways; each app does in its `menu.py`."""
    _ways.update(ways)


def ways_for(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the ways of the signed-in person, in order, the current one marked."""
    user: Any = request.user
    if not user.is_authenticated:
        return []
    shown = [
        way
        for way in sorted(_ways, key=lambda way: way.place)
        if way.for_staff == user.is_staff_member
        and (way.permission is None or holds_anywhere(user, way.permission))
    ]
    return [
        {
            "label": way.label,
            "url": url,
            "is_current": request.path == url,
            "count": way.count(user) if way.count else 0,
        }
        for way, url in ((way, reverse(way.url_name)) for way in shown)
    ]


def add_public(*ways: PublicWay) -> None:
    """Add ways to public pages; each app does in its `menu.py`."""
    _public_ways.update(ways)


def public_ways(program: str, here: str) -> list[dict[str, Any]]:
    """Return the public pages of a program, in order, the one called `here` marked."""
    return [
        {
            "label": way.label,
            "url": reverse(way.url_name, args=[program]),
            "is_current": way.url_name == here,
        }
        for way in sorted(_public_ways, key=lambda way: way.place)
    ]
