"""What cannot wait: told by a family, and answered by the office that speaks with it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from intake.actions import urgent_needs
from intake.models import Application
from tests.access.areas.intake import DRAFTS, SENT
from tests.access.areas.referrals import OFFICE
from tests.access.objects import NO_SUCH_NUMBER, arguments_of, finds
from tests.access.reaches import STAFF_OF_A_CHILD
from tests.access.rules import Page, Reach, Rule, post
from tests.access.world import Case

# As with referrals: whoever of the office answers speaks with the family.
NAMED = ("mateo", "mississippi")
READS: Reach = {**OFFICE}


@finds("urgent", pk=NO_SUCH_NUMBER)
def _urgent(case: Case) -> dict[str, Any] | None:
    if case.name not in NAMED:
        return None
    made = arguments_of("sent", case)
    assert made
    need = urgent_needs.tell(
        application=Application.objects.get(number=made["number"]),
        kinds=["power"],
        phone="+15055550134",
        may_leave_message=False,
        by=case.teller.user,
        at=timezone.now(),
    )
    return {"pk": need.pk}


TELLS = {"kinds": ["power"], "phone": "505-555-0134", "may_leave_message": "no"}
SENT_ON: Reach = {**DRAFTS, **STAFF_OF_A_CHILD}
PAGES = [
    Page(
        "intake:tell_urgent",
        about="sent",
        world="sent",
        get=Rule(SENT_ON, seen=SENT),
        post=post(SENT_ON, seen=SENT, sends=TELLS),
    ),
    Page(
        "intake:urgent_need",
        about="urgent",
        world="urgent",
        get=Rule(READS),
        post=post(READS, sends={"spoke_with": "Rosa", "done": "The supplier brings it today."}),
    ),
    Page(
        "intake:missed_call",
        about="urgent",
        world="urgent",
        post=post(
            READS,
            sends={
                "phone": "505-555-0134",
                "outcome": "no_answer",
                "next_step": "I call again at three.",
            },
        ),
    ),
]
