"""How an address finds each kind of thing, for every case; the thing is made through the actions, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.access.world import MISSING, Case

Arguments = dict[str, Any]
NO_SUCH_NUMBER = 987_654_321

_builders: dict[str, Callable[[Case], Arguments | None]] = {}
_missing: dict[str, Arguments] = {}


def finds(kind: str, **missing: Any) -> Callable[[Any], Any]:
    """Register how a case's thing of a kind is found. `missing` finds nothing.

    The builder returns None for a case that has no such thing.
    """

    def register(builder: Callable[[Case], Arguments | None]) -> Any:
        _builders[kind], _missing[kind] = builder, missing
        return builder

    return register


def arguments_of(kind: str, case: Case | None) -> Arguments | None:
    """Return the keywords of an address for the kind's thing of a case; without a case, of nothing."""
    if case is None:
        return _missing[kind]
    if kind not in case.made:
        case.made[kind] = _builders[kind](case)
    made: Arguments | None = case.made[kind]
    return made


@finds("child", pk=NO_SUCH_NUMBER)
def _child(case: Case) -> Arguments | None:
    # The second home's child is Mateo, who is asked for already.
    return None if case.name == "second_home" else {"pk": case.child.pk}


@finds("household", pk=NO_SUCH_NUMBER)
def _household(case: Case) -> Arguments:
    return {"pk": case.household.pk}


@finds("guardian", pk=NO_SUCH_NUMBER)
def _guardian(case: Case) -> Arguments:
    return {"pk": case.guardian.pk}


__all__ = ["MISSING", "arguments_of", "finds"]
