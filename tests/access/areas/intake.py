"""Applying, taking an application by phone, reviewing and deciding."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from cms_portal.families import actions as families
from cms_portal.families.models import AssignmentKind
from eligibility import screening
from intake.actions import applications, decisions, notices
from intake.cases import service_cases
from intake.models import Application
from tests.access.objects import finds
from tests.access.reaches import (
    FAMILY_TELLS,
    PRIVACY,
    SEES_CHILD_AS_STAFF,
    STAFF_OF_A_CHILD,
    STAFF_OF_A_HOME,
    SUPERVISORS,
)
from tests.access.rules import (
    ANONYMOUS,
    ANY_NUMBER,
    FAMILY,
    LEFT,
    SIGNED_IN,
    STAFF,
    Page,
    Reach,
    Rule,
    Shown,
    all_of,
    post,
)
from tests.access.sends import day
from tests.access.world import Case
from tests.factories import applications as made
from tests.factories import the_portal
from tests.factories.dates import born, days_from_today

NO_SUCH_APPLICATION = {"number": "ZZZZ-ZZZZ"}


@finds("draft", **NO_SUCH_APPLICATION)
def _draft(case: Case) -> dict[str, Any]:
    application = made.answer(_begun(case), address=_county(case))
    _hal_helps(case, application)
    return {"number": application.number}


def _hal_helps(case: Case, application: Application) -> None:
    if case.name == "mateo":
        applications.let_help(
            application=application,
            helper=case.world.people["hal"],
            on=days_from_today(0),
            by=case.user,
        )


@finds("sent", **NO_SUCH_APPLICATION)
def _sent(case: Case) -> dict[str, Any]:
    return {"number": sent_off(case).number}


@finds("decided", **NO_SUCH_APPLICATION)
def _decided(case: Case) -> dict[str, Any]:
    application = sent_off(case)
    _decide(case, application)
    return {"number": application.number}


def _begun(case: Case) -> Application:
    return made.start(case.teller)


def sent_off(case: Case) -> Application:
    """Send it; the office keeps who served the child before, so that the case stays what its name says."""
    about = case.word("what was told of the strengths", APPLICATION_TOLD)
    application = made.send(
        made.answer(_begun(case), about={"strengths": about}, address=_county(case))
    )
    _hal_helps(case, application)
    on = days_from_today(0, case.child.program)
    for row in case.child.assignments.filter(kind=AssignmentKind.INTAKE):
        families.end(row=row, on=on, by=the_portal(), reason="as it was before")
    return application


def _county(case: Case) -> dict[str, Any]:
    return {"county": case.world.county_of(case).pk}


def first_asked(application: Application) -> Any:
    return next(case for case in service_cases(application) if case.is_asked)


def _decide(case: Case, application: Application) -> None:
    for each in service_cases(application):
        if each.is_asked:
            decision = decide_one(case, application, each.key)
            if decision.needs_countersign:
                decisions.countersign(
                    application=application,
                    decision=decision.pk,
                    by=case.world.people["max"],
                    at=timezone.now(),
                )
    notices.tell_family(application=application, by=case.world.people["prue"], at=timezone.now())


def decide_one(case: Case, application: Application, service: str, overrule: bool = False) -> Any:
    return decisions.decide_service(
        application=application,
        service=service,
        outcome="not_available",
        reason_code="family_told",
        words=case.word("words of a decision", {**DECIDED, **PRIVACY}),
        by=case.world.people["mo" if case.name == "mississippi" else "prue"],
        at=timezone.now(),
    )


def _new_child(world: Any, case: Any) -> dict[str, Any]:
    return {
        "first_name": "Lucía",
        "last_name": "Nueva",
        "relation": "parent",
        "start_key": str(uuid.uuid4()),
    } | day("date_of_birth", born(5))


def _quick_check(world: Any, case: Any) -> dict[str, Any]:
    told = {"born": {"date_of_birth": born(5).isoformat()}, "home": {"home": "stays"}}
    return {"answers": screening.Screening("nm-cms", told, days_from_today(0)).token}


def _caller(world: Any, case: Any) -> dict[str, Any]:
    return _new_child(world, case) | {
        "channel": "phone",
        "guardian_first_name": "Rosa",
        "guardian_last_name": "Nueva",
        "phone": "505-555-0134",
        "spoken_language": "es",
        "written_language": "es",
    }


def _home(world: Any, case: Any) -> dict[str, Any]:
    """The household of the application: for the placed child, where it lives."""
    if case is None:
        return {"household": "0"}
    rex = world.people["rex"].guardians.get()
    return {"household": str((rex if case.name == "placed" else case).household.pk)}


# What one household tells of one child in an application; Hal helps with Rosa's.
DRAFTS: Reach = {**FAMILY_TELLS, "hal": "mateo"}
DECIDED: Reach = {**FAMILY_TELLS, **STAFF_OF_A_HOME}
SENT: Reach = {**DECIDED, "hal": "mateo"}
APPLICATION_TOLD: Reach = {**SENT, **PRIVACY}
READS_HISTORIES: Reach = {**SUPERVISORS, **PRIVACY}
FAMILIES = all_of(*FAMILY)
TAKERS = ("ida", "cleo", "sam", "prue")
# Families and the other state's workers may start applications, but there is no such desk for them.
NO_TAKERS = all_of("max", "carla", "pia", "ana", "rita")
SIGN = {"name": "Rosa Baca", "agrees": "on"}

PHONE = Shown({"about-strengths": "sings"})
PAGES = [
    Page(
        "intake:start",
        get=Rule(FAMILIES, seen=SIGNED_IN),
        post=post(FAMILIES, seen=SIGNED_IN, sends={"who": "new", "start_key": str(uuid.uuid4())}),
        arguments={"program": "nm-cms"},
    ),
    Page(
        "intake:start_with_answers",
        post=post(all_of(*FAMILY, LEFT, ANONYMOUS), seen=all_of(*STAFF), sends=_quick_check),
        arguments={"program": "nm-cms"},
    ),
    Page(
        "intake:new_child",
        get=Rule(FAMILIES, seen=SIGNED_IN),
        post=post(FAMILIES, seen=SIGNED_IN, sends=_new_child),
        arguments={"program": "nm-cms"},
    ),
    Page(
        "intake:take",
        get=Rule(all_of(*TAKERS), seen=NO_TAKERS),
        post=post(all_of(*TAKERS), seen=NO_TAKERS, sends=_caller),
        arguments={"program": "nm-cms"},
        looks=ANY_NUMBER,
    ),
    Page(
        "intake:take_for_known",
        about="child",
        post=post(STAFF_OF_A_CHILD, seen=SEES_CHILD_AS_STAFF, sends=_home),
    ),
    Page("intake:tasks", about="draft", world="draft", get=Rule(DRAFTS)),
    Page(
        "intake:step",
        about="draft",
        world="draft",
        arguments={"key": "about"},
        get=Rule(DRAFTS),
        post=post(DRAFTS, sends={"strengths": "sings"}),
    ),
    Page("intake:check", about="draft", world="draft", get=Rule(DRAFTS)),
    Page("intake:confirm_carried", about="draft", world="draft", post=post(DRAFTS)),
    Page(
        "intake:submit",
        about="draft",
        world="draft",
        post=post(FAMILY_TELLS, seen=DRAFTS, sends=SIGN),
    ),
    Page("intake:receipt", about="sent", world="sent", get=Rule(SENT)),
    Page(
        "intake:sent",
        about="sent",
        world="sent",
        get=Rule({**FAMILY_TELLS, **STAFF_OF_A_CHILD}, seen=SENT),
    ),
    Page(
        "intake:withdraw",
        about="sent",
        world="sent",
        get=Rule({**FAMILY_TELLS, **STAFF_OF_A_CHILD}, seen=SENT),
        post=post({**FAMILY_TELLS, **STAFF_OF_A_CHILD}, seen=SENT),
    ),
    Page(
        "intake:add_paper",
        about="sent",
        world="sent",
        get=Rule({**DRAFTS, **STAFF_OF_A_CHILD}, seen=SENT),
        post=post({**DRAFTS, **STAFF_OF_A_CHILD}, seen=SENT, answers=(302, 422)),
    ),
    Page("intake:decision", about="decided", world="decided", get=Rule(DECIDED, seen=SENT)),
    Page(
        "intake:phone",
        about="sent",
        world="sent",
        get=Rule(STAFF_OF_A_CHILD, seen=SENT),
        post=post(STAFF_OF_A_CHILD, seen=SENT, sends=PHONE),
    ),
    Page(
        "intake:eligibility_receipt",
        about="sent",
        world="sent",
        get=Rule(STAFF_OF_A_CHILD, seen=SENT),
        post=post(STAFF_OF_A_CHILD, seen=SENT, answers=(200, 422)),
    ),
    Page("intake:history", about="sent", world="sent", get=Rule(READS_HISTORIES, seen=SENT)),
    Page(
        "intake:histories",
        get=Rule(all_of(*READS_HISTORIES), seen=SIGNED_IN),
        looks=ANY_NUMBER,
    ),
    Page(
        "intake:queue",
        get=Rule(all_of(*STAFF_OF_A_CHILD), seen=SIGNED_IN),
        looks=ANY_NUMBER,
    ),
]
