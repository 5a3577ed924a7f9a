"""Tasks."""

from __future__ import annotations

from typing import Any

from cms_portal.work.actions import ask_for
from tests.access.objects import NO_SUCH_NUMBER, finds
from tests.access.rules import ANY_NUMBER, SIGNED_IN, Page, Reach, Rule, all_of, post
from tests.access.world import Case
from tests.factories import the_portal
from tests.factories.dates import today


@finds("task", pk=NO_SUCH_NUMBER)
def _task(case: Case) -> dict[str, Any] | None:
    if case.name == "second_home":
        return None
    serving = case.child.assignments.order_by("-pk").select_related("office", "worker").first()
    task = ask_for(
        program=case.child.program,
        kind="call",
        title="Call the family",
        due_on=today(case.child.program),
        office=serving.office,
        owner=serving.worker,
        child=case.child,
        by=the_portal(),
    )
    return {"pk": task.pk}


# A task stays with its office and its owner, also when the child is served elsewhere.
TASKS: Reach = {
    "ida": "mateo neighbor grown placed closed",
    "cleo": "mateo neighbor grown placed closed",
    "sam": "mateo neighbor nearby grown placed closed",
    "prue": "mateo neighbor nearby faraway transferred closed grown placed",
    "mo": "mississippi",
    "sue": "mississippi",
}
WORKERS = all_of(*TASKS)
PAGES = [
    Page("work:tasks", get=Rule(WORKERS, seen=SIGNED_IN), looks=ANY_NUMBER),
    Page(
        "work:finish",
        about="task",
        get=Rule(TASKS),
        post=post(TASKS, sends={"outcome": "called back"}),
    ),
]
