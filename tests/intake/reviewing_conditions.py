"""How tests bring a condition before the Medical Director, and answer."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from intake.actions import applications, condition_answers
from intake.journeys.filling import fill, rows_again
from intake.models import ConditionReview, ReviewAnswer
from tests.factories.applications import SentApplicationFactory

# Confirmed by a doctor, and on no list of New Mexico.
UNLISTED = {"text": "one side of the face is smaller", "icd10": "Q87.0", "status": "confirmed"}
LISTED = {"text": "asthma", "icd10": "J45.40", "status": "confirmed"}
WHY = "It needs care from several systems, as the program page says."


def ask(application: Any, by: Any) -> Any:
    applications.ask_the_rules(application=application, by=by, at=timezone.now())
    application.refresh_from_db()
    return application


def told(application: Any, by: Any, *conditions: dict[str, Any]) -> Any:
    """Write the conditions down as a worker who has seen the papers, and ask the rules."""
    sent = rows_again(application, "conditions", *conditions)
    fill(application, {"conditions": sent}, by=by)
    return ask(application, by)


def unlisted(family: Any, worker: Any, **answers: Any) -> Any:
    """Return an application whose one condition is confirmed and on no list."""
    return told(SentApplicationFactory(family=family, **answers), worker, UNLISTED)


def the_review(application: Any) -> ConditionReview:
    return ConditionReview.objects.get(application=application, state="waiting")


def say(review: ConditionReview, by: Any, answer: str = ReviewAnswer.COUNTS, **more: Any) -> Any:
    return condition_answers.answer(
        review=review,
        answer=answer,
        services=more.get("services", review.asked_services),
        reason=more.get("reason", WHY),
        by=by,
        at=timezone.now(),
    )
