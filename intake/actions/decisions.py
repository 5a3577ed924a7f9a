"""Deciding an application service by service, and telling the family."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cms_portal.accounts.models import User
from eligibility import actions as eligibility
from eligibility.models import Countersignature, ServiceDecision
from intake.actions import clock
from intake.actions.applications import begin_review, locked
from intake.cases import latest_determination, service_cases
from intake.models import Application
from intake.states import RequestState


class RulesAskedAgain(ValueError):
    """The rules were asked again since the page was shown; what they say now has to be read first."""


class AlreadyDecided(ValueError):
    """The family was told, or withdrew; a decision now changes only through a review."""


@transaction.atomic
def decide_service(
    *,
    application: Application,
    service: str,
    outcome: str,
    reason_code: str,
    words: str,
    by: User,
    at: datetime,
    seen: int | None = None,
    replacing: int | None = None,
) -> ServiceDecision:
    """Decide one service on what the rules said last; the first one begins the review.

    `seen` is the determination on the screen: raise RulesAskedAgain if it is not the last one. With it
    `replacing` is the decision on the screen: raise CannotDecide if somebody decided since.
    """
    application = locked(application)
    if not application.is_open or application.is_draft:
        raise AlreadyDecided(application.number)
    application = begin_review(application=application, by=by, at=at)
    determination = latest_determination(application)
    if determination is None:
        raise AlreadyDecided(application.number)
    if seen is not None and seen != determination.pk:
        raise RulesAskedAgain(application.number)
    in_force = ServiceDecision.objects.in_force().filter(
        case_key=application.case_key, service=service
    )
    if any(case.key == service and case.is_settled for case in service_cases(application)):
        raise AlreadyDecided(application.number)
    if seen is not None and in_force.exclude(pk=replacing).exists():
        raise eligibility.CannotDecide(_("This decision was changed. Look at the new one."))
    decision = eligibility.decide(
        determination=determination,
        service=service,
        outcome=outcome,
        reason_code=reason_code,
        words=words,
        by=by,
        at=at,
    )
    clock.settle(application, at=at, state=RequestState.CANCELLED)
    return decision


@transaction.atomic
def countersign(
    *, application: Application, decision: int, by: User, at: datetime
) -> Countersignature:
    """Stand behind a decision of this application; raise CannotDecide for any other, and for one on
    which the rules found something else since."""
    application = locked(application)
    found = ServiceDecision.objects.filter(pk=decision, case_key=application.case_key).first()
    if found is None or not application.is_open:
        raise eligibility.CannotDecide(_("This decision was changed. Look at the new one."))
    if any(case.is_outdated for case in service_cases(application) if case.decision == found):
        raise eligibility.CannotDecide(
            _("The rules were asked again. Read what they say now, then decide.")
        )
    return eligibility.countersign(decision=found, by=by, at=at)
