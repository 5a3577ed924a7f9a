"""Keeping the Medical Director's queue in step with the rules, and following what was answered."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from cms_portal.audit.tracking import save_tracked
from cms_portal.documents.models import Document
from eligibility import actions as eligibility
from eligibility.library import RULES
from eligibility.models import Determination, Outcome, ReasonCode
from intake.cases import ServiceCase, service_cases
from intake.models import (
    Application,
    ConditionReview,
    ConditionStatus,
    ReportedCondition,
    ReviewAnswer,
    ReviewState,
    Status,
)
from intake.told import conditions_of

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


def follow(
    *, application: Application, determination: Determination, by: User, at: datetime
) -> None:
    """Ask about each condition that the rules leave to a person; decide what an answer settles.

    The application's row must be locked. A question goes by itself when its condition is corrected.
    """
    asked = services_in_question(determination)
    conditions = _confirmed(application) if asked else []
    for review in application.condition_reviews.filter(state=ReviewState.WAITING):
        if not any(_is_about(review, condition) for condition in conditions):
            review.move_to(
                ReviewState.WITHDRAWN, by=by, at=at, reason="the rules no longer ask about it"
            )
    for condition in conditions:
        _ask_about(application, condition, asked, by, at)
    if asked and application.is_open:
        _decide(application, determination, conditions, at)


def services_in_question(determination: Determination) -> dict[str, dict[str, Any]]:
    """Return the services whose list a confirmed condition is not on, each with what the rule said."""
    found = {}
    for service, answer in determination.services.items():
        for finding in answer["findings"]:
            if finding["outcome"] == Outcome.NEEDS_REVIEW and _reads_conditions(finding):
                found[service] = finding
    return found


def _reads_conditions(finding: dict[str, Any]) -> bool:
    rule = RULES.get(finding["rule"])
    return rule is not None and "conditions" in rule.reads


def _confirmed(application: Application) -> list[ReportedCondition]:
    """Return the conditions with a code and a doctor's word: none is listed where the rules ask."""
    return [
        row
        for row in conditions_of(application)
        if row.icd10 and row.status == ConditionStatus.CONFIRMED
    ]


def _is_about(review: ConditionReview, condition: ReportedCondition) -> bool:
    return review.condition_id == condition.pk and review.code == condition.icd10


def _ask_about(
    application: Application,
    condition: ReportedCondition,
    asked: dict[str, dict[str, Any]],
    by: User,
    at: datetime,
) -> None:
    last = _last_look(application, condition)
    if last is not None and last.state == ReviewState.WAITING:
        if sorted(last.asked_services) != sorted(asked):
            last.asked_services = sorted(asked)
            save_tracked(last, by=by, reason="the rules were asked again")
        return
    if last is None or last.state == ReviewState.WITHDRAWN or _has_what_was_wanted(last):
        ask_anew(application, condition, asked, by=by, at=at)


def _last_look(application: Application, condition: ReportedCondition) -> ConditionReview | None:
    looks = application.condition_reviews.filter(condition=condition, code=condition.icd10)
    return looks.order_by("-pk").first()


def _has_what_was_wanted(last: ConditionReview) -> bool:
    """Say whether papers were wanted, and some came since."""
    if last.answer != ReviewAnswer.MORE_PAPERS:
        return False
    application = last.application
    given = Document.objects.filter(household=application.household, child=application.child)
    return given.kept().filter(given_at__gt=last.closed_at).exists()


def ask_anew(
    application: Application,
    condition: ReportedCondition,
    asked: dict[str, dict[str, Any]],
    *,
    by: User,
    at: datetime,
) -> ConditionReview:
    """Put a condition into the queue. `asked` are the services in question, with the rule's finding."""
    review = ConditionReview(
        program=application.program,
        application=application,
        condition=condition,
        code=condition.icd10,
        finding=next(iter(asked.values())),
        asked_services=sorted(asked),
        asked_by=by,
        asked_at=at,
    )
    return save_tracked(review, by=by, reason="the rules leave it to a person")


def _decide(
    application: Application,
    determination: Determination,
    conditions: list[ReportedCondition],
    at: datetime,
) -> None:
    """Decide what only the condition stood in the way of, in the name of who answered about it."""
    words = [word for one in conditions if (word := _word_on(application, one)) is not None]
    for case in service_cases(application, determination):
        if not (case.is_asked and _waits_for_condition_alone(case)):
            continue
        answered = _settled(case.key, words, len(conditions))
        if answered is not None and _is_still_to_decide(case, answered):
            _decide_one(application, determination, case, answered, at)


def _word_on(application: Application, condition: ReportedCondition) -> ConditionReview | None:
    """Return the last answer on a condition as it is coded now."""
    looks = application.condition_reviews.answered()
    answered = looks.filter(condition=condition, code=condition.icd10).order_by("-pk")
    found: ConditionReview | None = answered.select_related("closed_by").first()
    return found


def _waits_for_condition_alone(case: ServiceCase) -> bool:
    open_ones = [finding for finding in case.findings if finding["outcome"] != "met"]
    return bool(open_ones) and all(
        finding["outcome"] == Outcome.NEEDS_REVIEW and _reads_conditions(finding)
        for finding in open_ones
    )


def _settled(service: str, words: list[ConditionReview], conditions: int) -> ConditionReview | None:
    """Return the answer that settles a service: one condition that counts, or none of all of them."""
    here = [word for word in words if service in word.services]
    for word in here:
        if word.answer == ReviewAnswer.COUNTS:
            return word
    refused = [word for word in here if word.answer == ReviewAnswer.DOES_NOT_COUNT]
    return refused[-1] if refused and len(refused) == conditions else None


def _outcome(answered: ConditionReview) -> Outcome:
    counts = answered.answer == ReviewAnswer.COUNTS
    return Outcome.AVAILABLE if counts else Outcome.NOT_AVAILABLE


def _is_still_to_decide(case: ServiceCase, answered: ConditionReview) -> bool:
    """Say whether nobody has decided yet, or only an earlier look that said otherwise."""
    if case.is_told:  # then it changes only through a review of the decision
        return False
    if case.decision is None or case.is_outdated:
        return True
    by_review = case.decision.reason_code == ReasonCode.MEDICAL_DIRECTOR
    return by_review and case.decision.outcome != _outcome(answered)


def _decide_one(
    application: Application,
    determination: Determination,
    case: ServiceCase,
    answered: ConditionReview,
    at: datetime,
) -> None:
    who = answered.closed_by
    assert who
    if application.status == Status.SUBMITTED:
        application.move_to(Status.IN_REVIEW, by=who, at=at, reason="review begun")
    eligibility.decide(
        determination=determination,
        service=case.key,
        outcome=_outcome(answered),
        reason_code=ReasonCode.MEDICAL_DIRECTOR,
        words=answered.reason,
        by=who,
        at=at,
        was_left_to_them=True,
    )
