"""Ways from a child's record to pages of other apps: each app says its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from cms_portal.access.roles import Permission
from cms_portal.families.models import Child


@dataclass(frozen=True)
class Way:
    """A page about a child, for whoever holds the permission, of the children to whom it applies."""

    name: str
    label: str | Promise
    permission: Permission
    applies: Callable[[Child], bool]


_ways: list[Way] = []


def lead_to(way: Way) -> None:
    """Put a way on the page of every child it applies to."""
    if way not in _ways:
        _ways.append(way)


def ways_from(child: Child, may: Callable[[Permission], bool]) -> list[dict[str, Any]]:
    """Return the ways from a child's record that somebody may go."""
    return [
        {"url": reverse(way.name, args=[child.pk]), "label": way.label}
        for way in _ways
        if way.applies(child) and may(way.permission)
    ]
