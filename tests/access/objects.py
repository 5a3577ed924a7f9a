"""How an address finds each kind of thing, for every case; the thing is made through the actions, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from cms_portal.audit.tracking import save_tracked
from cms_portal.families import actions
from cms_portal.families.models import Release
from tests.access.world import Case
from tests.factories import BlockFactory, GuardianFactory, the_portal
from tests.factories.dates import days_from_today

Arguments = dict[str, Any]
NO_SUCH_NUMBER = 987_654_321

_builders: dict[str, Callable[[Case], Arguments | None]] = {}
_missing: dict[str, Arguments] = {}


def finds(kind: str, **missing: Any) -> Callable[[Any], Any]:
    """Register how a case's thing of a kind is found. `missing` finds nothing.

    The builder returns None for a case that has no such thing.
    """

    def register(builder: Callable[[Case], Arguments | None]) -> Any:
        assert kind not in _builders, f"two kinds of thing are called {kind}"
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


@finds("child_and_program", pk=NO_SUCH_NUMBER, to="ms-cmp")
def _child_and_program(case: Case) -> Arguments | None:
    other = "nm-cms" if case.child.program == "ms-cmp" else "ms-cmp"
    return None if case.name == "second_home" else {"pk": case.child.pk, "to": other}


@finds("release", pk=NO_SUCH_NUMBER)
def _release(case: Case) -> Arguments | None:
    """A release that Rosa signed; the copy it made is another program's."""
    if case.name != "mateo":
        return None
    release = Release(
        child=case.child,
        household=case.household,
        program=case.child.program,
        to_program="ms-cmp",
        parts=["about"],
        words="I let you.",
        signed_name="Rosa Baca",
        signed_by=case.guardian,
        signed_at=timezone.now(),
    )
    return {"pk": save_tracked(release, by=case.user, reason="signed").pk}


@finds("let_in", pk=NO_SUCH_NUMBER, guardian=NO_SUCH_NUMBER)
def _let_in(case: Case) -> Arguments | None:
    if case.name == "second_home":
        return None
    return {"pk": case.child.pk, "guardian": case.guardian.pk}


@finds("granted", pk=NO_SUCH_NUMBER, authority=NO_SUCH_NUMBER)
def _granted(case: Case) -> Arguments | None:
    if case.name == "second_home":
        return None
    authority = case.family.authority
    if case.name == "grown":
        uncle = GuardianFactory()
        authority = actions.let_in(
            guardian=uncle, child=case.child, starts_on=days_from_today(0), by=the_portal()
        )
    return {"pk": case.child.pk, "authority": authority.pk}


@finds("authority", pk=NO_SUCH_NUMBER)
def _authority(case: Case) -> Arguments | None:
    return None if case.name == "second_home" else {"pk": case.family.authority.pk}


@finds("block", pk=NO_SUCH_NUMBER)
def _block(case: Case) -> Arguments | None:
    if case.name == "second_home":
        return None
    return {"pk": BlockFactory(child=case.child).pk}
