"""Telling us about a change."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from intake.actions import changes
from intake.changes import kind_of
from intake.models import Application
from tests.access.areas.intake import SENT
from tests.access.objects import NO_SUCH_NUMBER, arguments_of, finds
from tests.access.reaches import FAMILY_TELLS, STAFF_OF_A_CHILD, STAFF_OF_A_HOME
from tests.access.rules import Page, Reach, Rule, post
from tests.access.sends import day
from tests.access.world import Case
from tests.factories.dates import days_from_today


@finds("change", pk=NO_SUCH_NUMBER)
def _change(case: Case) -> dict[str, Any]:
    made = arguments_of("sent", case)
    assert made
    kind = kind_of(case.child.program, "household")
    assert kind
    row = changes.report(
        application=Application.objects.get(number=made["number"]),
        kind=kind,
        became_aware_on=days_from_today(0, case.child.program),
        words=case.word("words of a change", READS),
        by=case.teller.user,
        at=timezone.now(),
    )
    return {"pk": row.pk}


def _tells(world: Any, case: Any) -> dict[str, Any]:
    since = day("became_aware_on", days_from_today(0))
    return since | {"words": "A cousin moved in.", "said_name": "Rosa Baca"}


READS: Reach = {**FAMILY_TELLS, **STAFF_OF_A_HOME}
TELLS: Reach = {**FAMILY_TELLS, **STAFF_OF_A_CHILD}
PAGES = [
    Page("intake:changes", about="sent", world="sent", get=Rule(TELLS, seen=SENT)),
    Page(
        "intake:report_change",
        about="sent",
        world="sent",
        arguments={"kind": "household"},
        get=Rule(TELLS, seen=SENT),
        post=post(TELLS, seen=SENT, sends=_tells),
    ),
    Page("intake:change", about="change", world="change", get=Rule(READS)),
    Page(
        "intake:look_at_change",
        about="change",
        world="change",
        post=post(STAFF_OF_A_CHILD, seen=READS, sends={"done": "Read it."}),
    ),
]
