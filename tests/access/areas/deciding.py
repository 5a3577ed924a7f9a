"""Reviewing, asking the family, deciding, and telling it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from intake.actions import information_requests
from intake.asking import askable
from intake.cases import service_cases
from tests.access.areas.intake import (
    APPLICATION_TOLD,
    DRAFTS,
    NO_SUCH_APPLICATION,
    SENT,
    decide_one,
    first_asked,
    sent_off,
)
from tests.access.objects import NO_SUCH_NUMBER, finds
from tests.access.reaches import STAFF_OF_A_CHILD, SUPERVISORS
from tests.access.rules import Page, Rule, post
from tests.access.world import Case


@finds("decision", **NO_SUCH_APPLICATION, decision=NO_SUCH_NUMBER)
def _decision(case: Case) -> dict[str, Any]:
    application = sent_off(case)
    decision = decide_one(case, application, first_asked(application).key, overrule=True)
    return {"number": application.number, "decision": decision.pk}


@finds("service", **NO_SUCH_APPLICATION, service="no-such-service")
def _service(case: Case) -> dict[str, Any]:
    application = sent_off(case)
    return {"number": application.number, "service": first_asked(application).key}


@finds("asked", **NO_SUCH_APPLICATION, asked=NO_SUCH_NUMBER)
def _asked(case: Case) -> dict[str, Any]:
    application = sent_off(case)
    asked = information_requests.ask(
        application=application,
        rule=askable(service_cases(application))[0].rule,
        words=case.word("words of a request", APPLICATION_TOLD),
        by=case.world.people["mo" if case.name == "mississippi" else "prue"],
        at=timezone.now(),
    )
    return {"number": application.number, "asked": asked.pk}


@finds("askable", **NO_SUCH_APPLICATION, rule="no_such_rule")
def _askable(case: Case) -> dict[str, Any]:
    application = sent_off(case)
    return {"number": application.number, "rule": askable(service_cases(application))[0].rule}


def _decides(world: Any, case: Any) -> dict[str, Any]:
    if case is None:
        return {}
    asked = case.made["service"]["service"]
    told = {"outcome": "not_available", "reason_code": "family_told", "words": "Call us."}
    return {f"{asked}-{name}": value for name, value in told.items()}


PAGES = [
    Page("intake:review", about="sent", world="sent", get=Rule(STAFF_OF_A_CHILD, seen=SENT)),
    Page(
        "intake:ask_the_rules", about="sent", world="sent", post=post(STAFF_OF_A_CHILD, seen=SENT)
    ),
    Page(
        "intake:decide",
        about="service",
        world="service",
        post=post(STAFF_OF_A_CHILD, seen=SENT, sends=_decides),
    ),
    Page(
        "intake:countersign",
        about="decision",
        world="countersign",
        post=post(SUPERVISORS, seen=SENT),
    ),
    Page(
        "intake:set_time",
        about="sent",
        world="sent",
        get=Rule(STAFF_OF_A_CHILD, seen=SENT),
        post=post(STAFF_OF_A_CHILD, seen=SENT, sends={"late_because": "We wait for a doctor."}),
    ),
    Page(
        "intake:tell_family",
        about="sent",
        world="sent",
        get=Rule(STAFF_OF_A_CHILD, seen=SENT, answers=(302,)),
        post=post(STAFF_OF_A_CHILD, seen=SENT),
    ),
    Page(
        "intake:notice_as_letter",
        about="sent",
        world="sent",
        get=Rule(STAFF_OF_A_CHILD, seen=SENT, answers=(302,)),
    ),
    Page(
        "intake:ask_family",
        about="askable",
        world="askable",
        get=Rule(STAFF_OF_A_CHILD, seen=SENT),
        post=post(STAFF_OF_A_CHILD, seen=SENT, sends={"words": "A letter is enough."}),
    ),
    Page(
        "intake:answer_request",
        about="asked",
        world="asked",
        get=Rule({**DRAFTS, **STAFF_OF_A_CHILD}, seen=SENT),
        post=post({**DRAFTS, **STAFF_OF_A_CHILD}, seen=SENT, sends={"words": "We lost it."}),
    ),
    Page(
        "intake:cover_sheet",
        about="asked",
        world="asked",
        get=Rule({**DRAFTS, **STAFF_OF_A_CHILD}, seen=SENT),
    ),
    Page(
        "intake:cancel_request",
        about="asked",
        world="asked",
        post=post(STAFF_OF_A_CHILD, seen=SENT),
    ),
    Page(
        "intake:close_request",
        about="asked",
        world="asked",
        post=post(STAFF_OF_A_CHILD, seen=SENT),
    ),
]
