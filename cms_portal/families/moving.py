"""What a family can take along to another program: parts that each app registers for its own records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.families.models import Child, Guardian, Household, Release


@dataclass(frozen=True)
class Move:
    """One family's move: the records it leaves, and the copies that were opened for it."""

    release: Release
    child: Child
    household: Household
    guardian: Guardian
    new_child: Child
    new_household: Household
    new_guardian: Guardian
    on: date
    by: User


@dataclass(frozen=True)
class MovablePart:
    """A part of the record that a release can name. `copy` makes rows of the new program's own."""

    key: str
    title: str | Promise
    detail: str | Promise
    copy: Callable[[Move], object]


# Called when nobody of the program serves the child any more: to close what an app has open.
Closer = Callable[..., object]

_parts: dict[str, MovablePart] = {}
_closers: list[Closer] = []


def register(part: MovablePart) -> None:
    """Offer a part; an app calls this in `AppConfig.ready()`."""
    if part.key in _parts:
        raise ValueError(f"The part {part.key!r} is registered twice.")
    _parts[part.key] = part


def when_a_case_closes(closer: Closer) -> None:
    """Have `closer(child=, household=, on=, by=, reason=)` called when a family has moved away."""
    _closers.append(closer)


def parts() -> list[MovablePart]:
    """Return the parts a release can name, beside the child's name and birth date."""
    return list(_parts.values())


def part(key: str) -> MovablePart:
    """Return one part; raise KeyError for a part nobody has registered."""
    return _parts[key]


def closers() -> list[Closer]:
    return list(_closers)
