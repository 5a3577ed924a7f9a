"""Writing down that a child died, and taking it back."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from intake.actions import deaths
from tests.access.objects import NO_SUCH_NUMBER, finds
from tests.access.reaches import SEES_CHILD_AS_STAFF, STAFF_OF_A_CHILD, SUPERVISORS
from tests.access.rules import Page, Rule, post
from tests.access.sends import day
from tests.access.world import Case
from tests.factories import the_portal
from tests.factories.dates import today


@finds("child_who_died", pk=NO_SUCH_NUMBER)
def _child_who_died(case: Case) -> dict[str, Any]:
    deaths.record_death(
        child=case.child,
        died_on=today(case.child.program),
        told_by=case.word("who told of a death", SUPERVISORS),
        by=the_portal(),
        at=timezone.now(),
    )
    return {"pk": case.child.pk}


def _told(world: Any, case: Any) -> dict[str, Any]:
    return {"told_by": "The mother"} | day("died_on", today("nm-cms"))


PAGES = [
    Page(
        "intake:record_death",
        about="child",
        get=Rule(STAFF_OF_A_CHILD, seen=SEES_CHILD_AS_STAFF),
        post=post(STAFF_OF_A_CHILD, seen=SEES_CHILD_AS_STAFF, sends=_told),
    ),
    Page(
        "intake:death_in_error",
        about="child_who_died",
        world="died",
        get=Rule(SUPERVISORS, seen=SEES_CHILD_AS_STAFF),
        post=post(SUPERVISORS, seen=SEES_CHILD_AS_STAFF, sends={"reason": "Another child."}),
    ),
]
