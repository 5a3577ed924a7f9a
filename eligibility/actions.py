"""Asking the rules, deciding, and standing behind a decision."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cms_portal.audit.tracking import save_tracked
from eligibility.engine import Recommendation, determine
from eligibility.models import (
    Countersignature,
    Determination,
    Outcome,
    ReasonCode,
    ServiceDecision,
)
from eligibility.program_folders import rulebooks
from eligibility.reading import parse_facts

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.families.models import Child, Household


class CannotDecide(ValueError):
    """The decision cannot be taken like this; the message says why, for the person at the screen."""


@transaction.atomic
def recommend(
    *,
    child: Child,
    household: Household,
    case_key: uuid.UUID,
    facts: dict[str, Any],
    by: User,
    at: datetime,
) -> Determination:
    """Ask the rules about these facts and keep their answer; raise BadFacts for facts that are none."""
    recommendation = determine(rulebooks()[child.program], parse_facts(facts))
    determination = Determination(
        program=child.program,
        child=child,
        household=household,
        case_key=case_key,
        on=recommendation.on,
        rulebook=recommendation.rulebook,
        facts=facts,
        services=_as_stored(recommendation),
        made_by=by,
        made_at=at,
    )
    return save_tracked(determination, by=by, reason="the rules were asked")


def _as_stored(recommendation: Recommendation) -> dict[str, Any]:
    return {
        key: {
            "outcome": answer.outcome.value,
            "ask_next": list(answer.ask_next),
            "findings": [finding.as_stored() for finding in answer.findings],
        }
        for key, answer in recommendation.services.items()
    }


@transaction.atomic
def decide(
    *,
    determination: Determination,
    service: str,
    outcome: str,
    reason_code: str,
    words: str,
    by: User,
    at: datetime,
    was_left_to_them: bool = False,
) -> ServiceDecision:
    """Decide one service. An override says why in words; it waits for a second person, as every refusal.

    A yes where the rules left it to this very person is no override (`was_left_to_them`). Raise
    CannotDecide for an undecided outcome or an override without words. The caller holds the lock of the
    case, so that two people who decide at once take turns.
    """
    recommended = determination.services[service]["outcome"]
    if outcome not in (Outcome.AVAILABLE, Outcome.NOT_AVAILABLE):
        raise CannotDecide(_("Choose yes or no."))
    if recommended != outcome and (not words.strip() or reason_code == ReasonCode.AGREES):
        raise CannotDecide(_("This differs from the rules: choose a reason and say why in words."))
    before = (
        ServiceDecision.objects.in_force()
        .filter(case_key=determination.case_key, service=service)
        .first()
    )
    decision = ServiceDecision(
        determination=determination,
        case_key=determination.case_key,
        service=service,
        recommended=recommended,
        outcome=outcome,
        reason_code=reason_code,
        words=words.strip(),
        needs_countersign=outcome == Outcome.NOT_AVAILABLE
        or (recommended != outcome and not was_left_to_them),
        decided_by=by,
        decided_at=at,
        replaces=before,
    )
    return save_tracked(decision, by=by, reason=words.strip() or ReasonCode(reason_code).value)


@transaction.atomic
def countersign(*, decision: ServiceDecision, by: User, at: datetime) -> Countersignature:
    """Stand behind somebody else's decision; raise CannotDecide for one's own or a replaced one."""
    if decision.decided_by_id == by.pk:
        raise CannotDecide(_("Somebody else has to sign this decision."))
    if ServiceDecision.objects.filter(replaces=decision).exists():
        raise CannotDecide(_("This decision was changed. Look at the new one."))
    if not decision.needs_countersign or hasattr(decision, "countersignature"):
        raise CannotDecide(_("This decision needs no signature."))
    signature = Countersignature(decision=decision, signed_by=by, signed_at=at)
    return save_tracked(signature, by=by, reason="countersigned")
