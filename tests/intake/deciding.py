"""How tests decide an application: one service, all of them, and the second person."""

from django.utils import timezone

from eligibility.models import Outcome, ReasonCode
from intake.actions import decisions
from intake.cases import service_cases


def decide(application, service, outcome, by, *, code=ReasonCode.AGREES, words=""):
    return decisions.decide_service(
        application=application,
        service=service,
        outcome=outcome,
        reason_code=code,
        words=words,
        by=by,
        at=timezone.now(),
    )


def countersign(application, decision, by):
    return decisions.countersign(
        application=application, decision=decision.pk, by=by, at=timezone.now()
    )


def decide_everything(application, by, second):
    for case in service_cases(application):
        if case.is_asked:
            outcome = case.recommended
            agrees = outcome in (Outcome.AVAILABLE, Outcome.NOT_AVAILABLE)
            decision = decide(
                application,
                case.key,
                outcome if agrees else Outcome.NOT_AVAILABLE,
                by,
                code=ReasonCode.AGREES if agrees else ReasonCode.EXCEPTION,
                words="" if agrees else "We still need a paper.",
            )
            if decision.needs_countersign:
                countersign(application, decision, second)
