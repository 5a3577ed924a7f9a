"""Asking a program to pay for something, deciding on it, and ending what was approved."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from cms_portal import programs
from cms_portal.audit.tracking import save_tracked
from eligibility.program_folders import rulebooks
from intake.authorization_states import AuthorizationState
from intake.models import Authorization, EnrolledService, ReportedCondition
from intake.states import EnrollmentState

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


class NotPayable(ValueError):
    """The program does not pay for this service, or not for this child in these days."""


class OwnRequest(ValueError):
    """Whoever asked for it does not decide on it."""


class NobodyAskedFirst(ValueError):
    """The program pays last: what the other payers answered has to be known."""


class NotOverYet(ValueError):
    """Its last day has not passed."""


@transaction.atomic
def request(
    *,
    service: EnrolledService,
    what: str,
    provider: str,
    starts_on: date,
    ends_on: date,
    by: User,
    at: datetime,
    condition: ReportedCondition | None = None,
    units: int | None = None,
    amount_limit: Decimal | None = None,
    other_payers_said: str = "",
) -> Authorization:
    """Ask for something of a service that the child is enrolled in; `ends_on` is the first day after it.

    Raises NotPayable.
    """
    service = _covered(service, starts_on, ends_on)
    enrollment = service.enrollment
    if condition is not None and not _is_told_there(condition, service):
        raise NotPayable(service.service)
    row = Authorization(
        program=enrollment.program,
        child=enrollment.child,
        household=enrollment.household,
        service=service,
        condition=condition,
        what=what,
        provider=provider,
        starts_on=starts_on,
        ends_on=ends_on,
        units=units,
        amount_limit=amount_limit,
        other_payers_said=other_payers_said,
        requested_by=by,
        requested_at=at,
    )
    return save_tracked(row, by=by, reason="asked for")


def _covered(service: EnrolledService, starts_on: date, ends_on: date) -> EnrolledService:
    """Return the service under lock with its enrollment; raise NotPayable unless it covers these days."""
    rows = EnrolledService.objects.select_for_update(of=("self", "enrollment"))
    service = rows.select_related("enrollment__child", "enrollment__household").get(pk=service.pk)
    payable = {s.key for s in rulebooks()[service.enrollment.program].services if s.payable}
    is_open = service.enrollment.state == EnrollmentState.ACTIVE and service.service in payable
    is_within = service.starts_on <= starts_on < ends_on <= service.ends_on
    if not is_open or not is_within:
        raise NotPayable(service.service)
    return service


def _is_told_there(condition: ReportedCondition, service: EnrolledService) -> bool:
    """Say whether the child's own home told of the condition: another home's is its own matter."""
    told = condition.assessment.application
    enrollment = service.enrollment
    return (told.child_id, told.household_id) == (enrollment.child_id, enrollment.household_id)


@transaction.atomic
def approve(*, authorization: Authorization, words: str, by: User, at: datetime) -> Authorization:
    """Say that the program pays; whoever asked for it cannot.

    Raises OwnRequest, NobodyAskedFirst, WrongMove, and NotPayable where the enrollment ended meanwhile.
    """
    authorization = _to_decide(authorization, by)
    _covered(authorization.service, authorization.starts_on, authorization.ends_on)
    if not authorization.other_payers_said:
        raise NobodyAskedFirst(authorization.pk)
    return authorization.move_to(
        AuthorizationState.APPROVED, by=by, at=at, reason="approved", words=words
    )


@transaction.atomic
def deny(*, authorization: Authorization, words: str, by: User, at: datetime) -> Authorization:
    """Say that the program does not pay, and why. Raises OwnRequest and WrongMove."""
    authorization = _to_decide(authorization, by)
    return authorization.move_to(
        AuthorizationState.DENIED, by=by, at=at, reason="not approved", words=words
    )


def _to_decide(authorization: Authorization, by: User) -> Authorization:
    authorization = _locked(authorization)
    if authorization.requested_by_id == by.pk:
        raise OwnRequest(authorization.pk)
    return authorization


@transaction.atomic
def withdraw(*, authorization: Authorization, by: User, at: datetime) -> Authorization:
    """Take back what nobody has decided on yet; raises WrongMove."""
    return _locked(authorization).move_to(
        AuthorizationState.WITHDRAWN, by=by, at=at, reason="taken back"
    )


@transaction.atomic
def cancel(*, authorization: Authorization, reason: str, by: User, at: datetime) -> Authorization:
    """End today what was approved; care until yesterday stays approved. Raises WrongMove."""
    authorization = _locked(authorization)
    today = at.astimezone(programs.get(authorization.program).timezone).date()
    authorization.ends_on = min(authorization.ends_on, max(authorization.starts_on, today))
    return authorization.move_to(AuthorizationState.CANCELLED, by=by, at=at, reason=reason)


@transaction.atomic
def expire(*, authorization: Authorization, by: User, at: datetime) -> Authorization:
    """Mark that the time of what was approved is over; raises NotOverYet and WrongMove."""
    authorization = _locked(authorization)
    today = at.astimezone(programs.get(authorization.program).timezone).date()
    if today < authorization.ends_on:
        raise NotOverYet(authorization.pk)
    return authorization.move_to(
        AuthorizationState.EXPIRED, by=by, at=at, reason="its time is over"
    )


def _locked(authorization: Authorization) -> Authorization:
    rows = Authorization.objects.select_for_update(of=("self",))
    return rows.select_related("service").get(pk=authorization.pk)
