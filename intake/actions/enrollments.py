"""Opening, pausing and ending a child's enrollment."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from cms_portal import programs
from cms_portal.audit.tracking import save_tracked
from cms_portal.work.actions import finish
from cms_portal.work.models import Task
from intake import enrolled_messages, messages
from intake.actions import appeals, applications
from intake.actions.reminders import ENROLLMENT_OVER
from intake.aging import ending_by_age
from intake.appealing import open_reviews_of
from intake.deciding_anew import has_something_left, held_by
from intake.models import Application, EndReason, EnrolledService, Enrollment, ReviewWish
from intake.notices import ToldService, first_day_after
from intake.states import EnrollmentState
from intake.yearly import is_yearly

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


class NeedsDecision(ValueError):
    """This end follows from another act, with all that belongs to it."""


# That no service fits is decided with a notice and its rights; a death is written down for all homes.
NOT_BY_HAND = (EndReason.NOT_ELIGIBLE, EndReason.DIED)


@transaction.atomic
def enroll(
    *, application: Application, told: list[ToldService], on: date, at: datetime, by: User
) -> Enrollment | None:
    """Open or carry on the enrollment for what a notice grants, and end what it takes away.

    The application is locked by the caller. Return None where nothing is held and nothing is granted.
    """
    held = enrollment = _held_by(application)
    granted = [one for one in told if one.is_yes]
    if granted:
        enrollment = _carry_on(enrollment, application, granted, on=on, at=at, by=by)
    if enrollment is None:
        return None
    for one in told:
        _set_service(enrollment, one, by=by)
    _last_as_long(enrollment, told, by=by)
    if held is None and on < enrollment.ends_on:
        enrolled_messages.welcome(enrollment, on=on, by=by)
    return enrollment


def _held_by(application: Application) -> Enrollment | None:
    """Return the enrollment an application carries on, under lock."""
    held = held_by(application)
    return held and Enrollment.objects.select_for_update().get(pk=held.pk)


@transaction.atomic
def end_where_nothing_is_left(
    *, application: Application, on: date, at: datetime, by: User
) -> Enrollment | None:
    """End an enrollment of which a notice has left nothing, on the last day that the notice tells.

    The notice is the family's letter, with its days and its rights; no other one goes out.
    """
    enrollment = _held_by(application)
    if enrollment is None or not enrollment.is_open or has_something_left(enrollment, on):
        return None
    days = enrollment.services.values_list("ends_on", flat=True)
    enrollment.ends_on = max(days, default=enrollment.ends_on)
    enrollment.application = application
    return _close(enrollment, EndReason.NOT_ELIGIBLE, by=by, at=at)


def _close(
    enrollment: Enrollment, reason: EndReason, *, by: User, at: datetime, review_wish: str = ""
) -> Enrollment:
    enrollment.move_to(
        EnrollmentState.ENDED,
        by=by,
        at=at,
        reason="enrollment ended",
        end_reason=reason,
        review_wish=review_wish,
    )
    for task in Task.objects.open().about(enrollment).filter(kind=ENROLLMENT_OVER):
        finish(task=task, by=by, at=at, outcome="enrollment ended")
    return enrollment


def _carry_on(
    enrollment: Enrollment | None,
    application: Application,
    granted: list[ToldService],
    *,
    on: date,
    at: datetime,
    by: User,
) -> Enrollment:
    ends_on = max(one.ends_on or on for one in granted)
    if enrollment is None:
        enrollment = Enrollment(
            program=application.program,
            child=application.child,
            household=application.household,
            starts_on=min(one.starts_on or on for one in granted),
            ends_on=ends_on,
            # A program that asks every family every year leaves reminders to the family's wish.
            wants_reminders=not is_yearly(application.program),
        )
    if not enrollment.is_open:
        after_all = enrollment.end_reason == EndReason.NOT_ELIGIBLE
        reason = "granted after all" if after_all else "the family came back"
        enrollment.move_to(EnrollmentState.ACTIVE, by=by, at=at, reason=reason)
    if application.renews_id is not None and application.looked_again_at is None:
        enrollment.reminded_days_before = None
    enrollment.application = application
    enrollment.ends_on = max(ends_on, enrollment.ends_on)
    return save_tracked(enrollment, by=by, reason="decided")


def _last_as_long(enrollment: Enrollment, told: list[ToldService], *, by: User) -> None:
    """Let an enrollment last at least as long as what a notice tells of its services."""
    last = max((one.ends_on for one in told if one.ends_on), default=enrollment.ends_on)
    if enrollment.is_open and enrollment.ends_on < last:
        enrollment.ends_on = last
        save_tracked(enrollment, by=by, reason="what it holds lasts longer")


def _set_service(enrollment: Enrollment, one: ToldService, *, by: User) -> None:
    """Grant a service until its day, or end one that is held; a refusal of what is not held does nothing."""
    decision, starts_on, ends_on = one.case.decision, one.starts_on, one.ends_on
    if decision is None or starts_on is None or ends_on is None:
        return
    held = EnrolledService.objects.filter(enrollment=enrollment, service=one.case.key).last()
    if held is None or held.ends_on < starts_on:
        if not one.is_yes:
            return
        held = EnrolledService(enrollment=enrollment, service=one.case.key, starts_on=starts_on)
    held.ends_on, held.decision = max(ends_on, held.starts_on), decision
    save_tracked(held, by=by, reason="decided")


@transaction.atomic
def pause(*, enrollment: Enrollment, by: User, at: datetime) -> Enrollment:
    """Rest at the family's wish: nobody calls, nothing is lost, and they go on when they say so."""
    enrollment = _locked(enrollment)
    if enrollment.state == EnrollmentState.ACTIVE:
        enrollment.move_to(EnrollmentState.PAUSED, by=by, at=at, reason="paused by the family")
    return enrollment


@transaction.atomic
def go_on(*, enrollment: Enrollment, by: User, at: datetime) -> Enrollment:
    """Take up a paused enrollment again."""
    enrollment = _locked(enrollment)
    if enrollment.state == EnrollmentState.PAUSED:
        enrollment.move_to(EnrollmentState.ACTIVE, by=by, at=at, reason="taken up again")
    return enrollment


@transaction.atomic
def choose_reminders(*, enrollment: Enrollment, wanted: bool, by: User) -> Enrollment:
    """Keep whether the family wants to be reminded before the last day."""
    enrollment = _locked(enrollment)
    if enrollment.wants_reminders != wanted:
        enrollment.wants_reminders = wanted
        save_tracked(
            enrollment, by=by, reason="reminders asked for" if wanted else "reminders stopped"
        )
    return enrollment


class ReviewOpen(ValueError):
    """A family that leaves has an open review, and has not said what becomes of it."""


@transaction.atomic
def end(
    *,
    enrollment: Enrollment,
    reason: EndReason,
    by: User,
    at: datetime,
    review_wish: str = "",
) -> Enrollment:
    """End an enrollment for a reason, with all its services, and write to the family.

    At the family's own wish it ends today, and by age on the day it had; else the letter leaves the days
    that a family has after it, and more if it is mailed later (see `ending`). Raises NeedsDecision for a
    reason that has an act of its own, and ReviewOpen where the family wishes it, has a
    review open, and has not said what becomes of it (`review_wish`).
    """
    if reason in NOT_BY_HAND:
        raise NeedsDecision(enrollment.pk)
    enrollment = _locked(enrollment)
    if not enrollment.is_open:
        return enrollment
    wish = _settle_reviews(enrollment, reason, review_wish, by=by, at=at)
    today = timezone.localdate(at, programs.get(enrollment.program).timezone)
    by_age = {row.pk: row.ends_on for row in ending_by_age(enrollment)}
    last = _first_day_after(enrollment, reason, today, list(by_age.values()))
    for service in enrollment.services.not_over_on(today):
        # No letter moves a birthday on.
        service.ends_on = max(min(last, by_age.get(service.pk, last)), service.starts_on)
        save_tracked(service, by=by, reason="enrollment ended")
    enrollment.ends_on = max(last, enrollment.starts_on)
    _close(enrollment, reason, by=by, at=at, review_wish=wish)
    if reason == EndReason.FAMILY:
        _take_back_what_is_open(enrollment, by=by, at=at)
    messages.enrollment_ended(enrollment, by=by)
    return enrollment


@transaction.atomic
def end_at_death(*, enrollment: Enrollment, died_on: date, by: User, at: datetime) -> Enrollment:
    """End an enrollment with the day on which the child died; nobody is written to."""
    enrollment = _locked(enrollment)
    after = died_on + timedelta(days=1)
    for service in enrollment.services.filter(ends_on__gt=after):
        service.ends_on = max(after, service.starts_on)
        save_tracked(service, by=by, reason="enrollment ended")
    enrollment.ends_on = max(min(after, enrollment.ends_on), enrollment.starts_on)
    if enrollment.is_open:
        return _close(enrollment, EndReason.DIED, by=by, at=at)
    return save_tracked(enrollment, by=by, reason="enrollment ended")


def _settle_reviews(
    enrollment: Enrollment, reason: EndReason, wish: str, *, by: User, at: datetime
) -> str:
    """Take the open reviews of a family that leaves back, or let them go on; return what it wished."""
    reviews = list(open_reviews_of(enrollment)) if reason == EndReason.FAMILY else []
    if not reviews:
        return ""
    if wish not in ReviewWish.values:
        raise ReviewOpen(enrollment.pk)
    if wish == ReviewWish.TAKE_BACK:
        for appeal in reviews:
            appeals.withdraw(appeal=appeal, words="", by=by, at=at, reason="the family left")
    return wish


def _take_back_what_is_open(enrollment: Enrollment, *, by: User, at: datetime) -> None:
    """Let nobody be reminded, or enrolled again, by what this home had on its way."""
    on_its_way = Application.objects.open().filter(
        child=enrollment.child, household=enrollment.household
    )
    for application in on_its_way:
        applications.withdraw(application=application, by=by, at=at, reason="enrollment ended")


def _first_day_after(
    enrollment: Enrollment, reason: EndReason, today: date, birthdays: list[date]
) -> date:
    if reason == EndReason.FAMILY:
        return today
    if reason == EndReason.AGED_OUT:
        birthday = max(birthdays, default=enrollment.ends_on)
        if birthday == enrollment.ends_on:
            return max(birthday, today)
        # What has no age limit of its own ends with the rest, but not sooner than by any other letter.
        return max(birthday, first_day_after(enrollment.program, today))
    return first_day_after(enrollment.program, today)


def _locked(enrollment: Enrollment) -> Enrollment:
    """Return the enrollment under lock, what its home asked for locked before it, as a notice does."""
    of_home = Application.objects.filter(
        child=enrollment.child_id, household=enrollment.household_id
    )
    list(of_home.select_for_update().order_by("pk"))
    Enrollment.objects.select_for_update().get(pk=enrollment.pk)
    return Enrollment.objects.select_related("application__worker", "child", "household").get(
        pk=enrollment.pk
    )
