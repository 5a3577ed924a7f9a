"""Likely duplicates, and two records that become one."""

from __future__ import annotations

from typing import Any

from cms_portal.families import actions
from cms_portal.families.models import Child, Merge, NotTheSame
from tests.access.objects import NO_SUCH_NUMBER, finds
from tests.access.reaches import SEES_CHILD_AS_STAFF, STAFF_OF_A_CHILD, SUPERVISORS
from tests.access.rules import ANY_NUMBER, STAFF, Page, Rule, Shown, all_of, post
from tests.access.world import Case
from tests.factories import AssignmentFactory, ChildFactory, the_portal
from tests.factories.dates import today


def _again(case: Case) -> Child:
    """Open another record of the case's child, served as the first one is; no guardian is on both."""
    child = case.child
    again: Child = ChildFactory(
        household=case.household,
        first_name=child.first_name,
        last_name=child.last_name,
        date_of_birth=child.date_of_birth,
    )
    for serving in child.assignments.on(today(child.program)).select_related("office", "worker"):
        AssignmentFactory(child=again, office=serving.office, worker=serving.worker)
    return again


def _proposed(case: Case) -> Merge:
    return actions.propose_merge(
        winner=case.child, loser=_again(case), reason="one child", by=the_portal()
    )


@finds("pair", pk=NO_SUCH_NUMBER, other=NO_SUCH_NUMBER)
def _pair(case: Case) -> dict[str, Any] | None:
    if case.name == "second_home":
        return None
    return {"pk": case.child.pk, "other": _again(case).pk}


@finds("mark", pk=NO_SUCH_NUMBER)
def _mark(case: Case) -> dict[str, Any] | None:
    if case.name == "second_home":
        return None
    kind = NotTheSame.Kind.TWINS
    mark = actions.tell_apart(one=case.child, other=_again(case), kind=kind, by=the_portal())
    return {"pk": mark.pk}


@finds("proposed_merge", pk=NO_SUCH_NUMBER)
def _proposed_merge(case: Case) -> dict[str, Any] | None:
    return None if case.name == "second_home" else {"pk": _proposed(case).pk}


@finds("done_merge", pk=NO_SUCH_NUMBER)
def _done_merge(case: Case) -> dict[str, Any] | None:
    if case.name == "second_home":
        return None
    return {"pk": actions.confirm_merge(merge=_proposed(case), by=case.world.people["sue"]).pk}


WHY = {"reason": "the mother says so"}
REACHED = {"get": Rule(STAFF_OF_A_CHILD, seen=SEES_CHILD_AS_STAFF), "looks": 2}
PAGES = [
    Page(
        "families:alike",
        about="child",
        get=Rule(STAFF_OF_A_CHILD, seen=SEES_CHILD_AS_STAFF),
        looks=ANY_NUMBER,
    ),
    Page(
        "families:join",
        about="pair",
        post=post(STAFF_OF_A_CHILD, seen=SEES_CHILD_AS_STAFF, sends=Shown(WHY)),
        **REACHED,
    ),
    Page(
        "families:tell_apart",
        about="pair",
        post=post(STAFF_OF_A_CHILD, seen=SEES_CHILD_AS_STAFF, sends={"kind": "twins"}),
        **REACHED,
    ),
    Page("families:take_back_mark", about="mark", post=post(STAFF_OF_A_CHILD)),
    Page("families:merge", about="proposed_merge", get=Rule(STAFF_OF_A_CHILD)),
    Page(
        "families:confirm_merge",
        about="proposed_merge",
        post=post(SUPERVISORS, seen=STAFF_OF_A_CHILD),
    ),
    Page(
        "families:decline_merge",
        about="proposed_merge",
        get=Rule(SUPERVISORS, seen=STAFF_OF_A_CHILD),
        post=post(SUPERVISORS, seen=STAFF_OF_A_CHILD, sends=WHY),
    ),
    Page(
        "families:undo_merge",
        about="done_merge",
        get=Rule(SUPERVISORS, seen=STAFF_OF_A_CHILD),
        post=post(SUPERVISORS, seen=STAFF_OF_A_CHILD, sends=WHY),
    ),
    # To a family it does not exist.
    Page(
        "families:duplicates",
        get=Rule(all_of("sam", "prue", "sue"), seen=all_of(*STAFF)),
        looks=ANY_NUMBER,
    ),
]
