"""The Medical Director's answer about a condition, and the work that follows from it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from cms_portal import programs
from cms_portal.accounts.models import User
from cms_portal.offices.working_days import working_days_after
from cms_portal.work.actions import ask_for
from intake.actions.applications import ask_the_rules, locked
from intake.actions.condition_reviews import ask_anew
from intake.models import ConditionReview, ReviewAnswer, ReviewState

TELL_WITHIN_WORKING_DAYS = 2
ANSWERED, PAPERS = "condition_answered", "condition_papers"


class ReviewOver(ValueError):
    """The question was answered or taken back meanwhile, or the application was closed."""


@transaction.atomic
def answer(
    *,
    review: ConditionReview,
    answer: str,
    services: list[str],
    reason: str,
    by: User,
    at: datetime,
) -> ConditionReview:
    """Answer once, decide what the answer settles, and ask the worker to go on. Raises ReviewOver."""
    application = locked(review.application)
    review = ConditionReview.objects.get(pk=review.pk)
    if review.state != ReviewState.WAITING or not application.is_open:
        raise ReviewOver(review.pk)
    review.answer, review.reason = answer, reason.strip()
    review.services = [] if answer == ReviewAnswer.MORE_PAPERS else sorted(services)
    review.move_to(ReviewState.ANSWERED, by=by, at=at, reason=review.reason)
    review.application = application
    ask_the_rules(application=application, by=by, at=at)
    _ask_worker(review, by=by, at=at)
    return review


def _ask_worker(review: ConditionReview, *, by: User, at: datetime) -> None:
    application, program = review.application, programs.get(review.program)
    wants_papers = review.answer == ReviewAnswer.MORE_PAPERS
    ask_for(
        program=program.code,
        kind=PAPERS if wants_papers else ANSWERED,
        title=gettext_noop("Ask the family for more papers")
        if wants_papers
        else gettext_noop("Go on: a review was answered"),
        why=gettext_noop("The application says which papers are wanted.")
        if wants_papers
        else gettext_noop("Read the answer in the application. The family can be told."),
        due_on=working_days_after(
            program=program,
            day=timezone.localdate(at, program.timezone),
            count=TELL_WITHIN_WORKING_DAYS,
        ),
        office=application.office,
        owner=application.worker,
        child=application.child,
        about=application,
        by=by,
    )


@transaction.atomic
def look_again(*, review: ConditionReview, by: User, at: datetime) -> ConditionReview:
    """Put an answered condition back into the queue; its answer stands until there is a new one.

    Pressed twice it is asked once. Raises ReviewOver for a corrected condition or a closed application.
    """
    application = locked(review.application)
    looks = ConditionReview.objects.filter(condition=review.condition_id).order_by("-pk")
    last = looks.select_related("condition").first()
    assert last
    if last.state == ReviewState.WAITING:
        return last
    is_same = last.code == last.condition.icd10 == review.code and not last.condition.is_withdrawn
    if not (application.is_open and is_same):
        raise ReviewOver(review.pk)
    asked = dict.fromkeys(last.asked_services, last.finding)
    return ask_anew(application, last.condition, asked, by=by, at=at)
