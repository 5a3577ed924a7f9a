"""What a child can get, and leaving the program."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from eligibility.models import Outcome
from intake.actions import decisions, notices
from intake.cases import service_cases
from intake.models import Enrollment
from tests.access.areas.intake import APPLICATION_TOLD, DECIDED, sent_off
from tests.access.objects import NO_SUCH_NUMBER, arguments_of, finds
from tests.access.reaches import FAMILY_TELLS, STAFF_OF_A_CHILD
from tests.access.rules import Page, Rule, post
from tests.access.world import Case


@finds("proof_letter", pk=NO_SUCH_NUMBER, language="en")
def _proof_letter(case: Case) -> dict[str, Any]:
    return {**(arguments_of("enrollment", case) or {}), "language": "en"}


@finds("enrollment", pk=NO_SUCH_NUMBER)
def _enrollment(case: Case) -> dict[str, Any]:
    application = sent_off(case)
    decider = case.world.people["mo" if case.name == "mississippi" else "prue"]
    service = next(one for one in service_cases(application) if one.is_asked)
    decision = decisions.decide_service(
        application=application,
        service=service.key,
        outcome=Outcome.AVAILABLE,
        reason_code="family_told",
        words=case.word("words of a yes", APPLICATION_TOLD),
        by=decider,
        at=timezone.now(),
    )
    if decision.needs_countersign:
        decisions.countersign(
            application=application,
            decision=decision.pk,
            by=case.world.people["max"],
            at=timezone.now(),
        )
    notices.tell_family(application=application, by=decider, at=timezone.now())
    return {"pk": Enrollment.objects.get(application=application).pk}


# A helper sees no decision, and so nothing of what came of it.
READS = DECIDED
BOTH = {**FAMILY_TELLS, **STAFF_OF_A_CHILD}
PAGES = [
    Page("intake:enrollment", about="enrollment", world="enrollment", get=Rule(READS)),
    Page("intake:proof", about="enrollment", world="enrollment", get=Rule(READS)),
    Page("intake:proof_as_letter", about="proof_letter", world="enrollment", get=Rule(READS)),
    Page(
        "intake:mail_proof",
        about="enrollment",
        world="enrollment",
        post=post(BOTH, seen=READS, sends={"language": "en"}),
    ),
    Page(
        "intake:pause_enrollment",
        about="enrollment",
        world="enrollment",
        post=post(BOTH, seen=READS),
    ),
    Page(
        "intake:go_on_with_enrollment",
        about="enrollment",
        world="enrollment",
        post=post(BOTH, seen=READS),
    ),
    Page(
        "intake:ask_for_reminders",
        about="enrollment",
        world="enrollment",
        post=post(BOTH, seen=READS),
    ),
    Page(
        "intake:stop_reminders",
        about="enrollment",
        world="enrollment",
        post=post(BOTH, seen=READS),
    ),
    Page(
        "intake:renew",
        about="enrollment",
        world="enrollment",
        get=Rule(BOTH, seen=READS, answers=(302,)),
        post=post(BOTH, seen=READS),
    ),
    Page(
        "intake:leave_program",
        about="enrollment",
        world="enrollment",
        get=Rule(BOTH, seen=READS),
        post=post(BOTH, seen=READS),
    ),
    Page(
        "intake:end_enrollment",
        about="enrollment",
        world="enrollment",
        get=Rule(STAFF_OF_A_CHILD, seen=READS),
        post=post(STAFF_OF_A_CHILD, seen=READS, sends={"reason": "moved"}),
    ),
    Page(
        "intake:look_again",
        about="enrollment",
        world="enrollment",
        post=post(STAFF_OF_A_CHILD, seen=READS),
    ),
]
