"""Calls and visits to take an assessment, and who spoke."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.utils import timezone

from cms_portal import programs
from intake import slots
from intake.actions import visits
from intake.models import Application, Channel
from tests.access.areas.intake import SENT
from tests.access.objects import NO_SUCH_NUMBER, arguments_of, finds
from tests.access.reaches import FAMILY_TELLS, STAFF_OF_A_CHILD, STAFF_OF_A_HOME
from tests.access.rules import ANY_NUMBER, SIGNED_IN, Page, Reach, Rule, all_of, post
from tests.access.world import Case


def _application(case: Case) -> Application:
    made = arguments_of("sent", case)
    assert made
    return Application.objects.get(number=made["number"])


@finds("visit", pk=NO_SUCH_NUMBER)
def _visit(case: Case) -> dict[str, Any]:
    application = _application(case)
    office, worker = visits.who_takes(application)
    program = programs.get(case.child.program)
    day, free = next(
        (day, at)
        for day in slots.days_open(office, timezone.now())
        for at in slots.free_on(office, worker, day, may_guess=True)
    )
    visit = visits.plan(
        application=application,
        channel=Channel.PHONE,
        starts_at=slots.moment(program, day, free),
        interpreter_language="",
        by=case.teller.user,
        at=timezone.now(),
    )
    return {"pk": visit.pk}


def _a_time(world: Any, case: Any) -> dict[str, Any]:
    office = world.jackson if case and case.name == "mississippi" else world.santa_fe
    day = slots.days_open(office, timezone.now())[8]
    return {"channel": "phone", "day": day.isoformat(), "time": time(9).isoformat("minutes")}


SPEAKS = {"channel": "phone", "spoke_with": "Rosa Baca", "interpreting": "not_needed"}
PLANS: Reach = {**FAMILY_TELLS, **STAFF_OF_A_CHILD}
VISIT: Reach = {**FAMILY_TELLS, **STAFF_OF_A_HOME}
PAGES = [
    Page(
        "intake:plan_visit",
        about="sent",
        world="sent",
        get=Rule(PLANS, seen=SENT),
        post=post(PLANS, seen=SENT, sends=_a_time),
    ),
    Page(
        "intake:conversation",
        about="sent",
        world="sent",
        get=Rule(STAFF_OF_A_CHILD, seen=SENT),
        post=post(STAFF_OF_A_CHILD, seen=SENT, sends=SPEAKS),
    ),
    Page(
        "intake:visits",
        get=Rule(all_of(*STAFF_OF_A_CHILD), seen=SIGNED_IN),
        looks=ANY_NUMBER,
    ),
    Page(
        "intake:move_visit",
        about="visit",
        world="visit",
        get=Rule(PLANS, seen=VISIT),
        post=post(PLANS, seen=VISIT, sends=_a_time),
    ),
    Page("intake:cancel_visit", about="visit", world="visit", post=post(PLANS, seen=VISIT)),
    Page(
        "intake:close_visit",
        about="visit",
        world="visit",
        post=post(STAFF_OF_A_CHILD, seen=STAFF_OF_A_HOME, sends={"took_place": "yes"}),
    ),
]
