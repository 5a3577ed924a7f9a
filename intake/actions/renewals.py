"""Renewing an enrollment: last year's answers, confirmed or changed, signed and sent."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from cms_portal import programs
from cms_portal.audit.tracking import save_tracked
from intake import told
from intake.actions import applications, provenance
from intake.actions.carrying import NEVER
from intake.journeys import journey_of
from intake.models import Application, Channel, Enrollment, Signature
from intake.renewals import can_renew

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


class NotNow(ValueError):
    """It is too early to renew, or too late."""


@transaction.atomic
def begin(*, enrollment: Enrollment, on: date, by: User) -> Application:
    """Begin this year's renewal with last year's answers, or return the open one.

    Raises NotNow outside the time to renew.
    """
    if not can_renew(Enrollment.objects.get(pk=enrollment.pk), on):
        raise NotNow(enrollment.pk)
    application = applications.start(
        child=enrollment.child,
        household=enrollment.household,
        channel=Channel.PHONE if by.is_staff_member else Channel.WEB,
        start_key=uuid.uuid4(),
        by=by,
    )
    application = applications.locked(application)
    # After the home and what it asked for, as everywhere: so two never wait for each other.
    enrollment = Enrollment.objects.select_for_update(of=("self",)).get(pk=enrollment.pk)
    if not can_renew(enrollment, on):
        raise NotNow(enrollment.pk)
    if application.renews is None and application.looked_again_at is None:
        application.renews = enrollment
        save_tracked(application, by=by, reason="renewal begun")
    return application


@transaction.atomic
def confirm_carried(*, application: Application, by: User, at: datetime) -> Application:
    """Keep that every answer of last year still holds; pages not asked then stay open."""
    at = max(at, application.started_at)  # begun a moment after the page was sent
    for key, page in list(told.answered_pages(application).items()):
        if page.is_to_confirm:
            provenance.note_answered(application=application, step=key, is_new=False, by=by, at=at)
    for step in journey_of(application.program).for_subject(application):
        if step.key in NEVER and not step.is_done(application):
            provenance.note_answered(
                application=application, step=step.key, is_new=True, by=by, at=at
            )
    return application


@transaction.atomic
def renew_unchanged(
    *, enrollment: Enrollment, name: str, words: str, by: User, at: datetime
) -> Application:
    """Confirm everything and send it at once; where a page was not asked last year, the draft waits for it.

    Raises NotNow outside the time to renew.
    """
    today = timezone.localdate(at, programs.get(enrollment.program).timezone)
    application = begin(enrollment=enrollment, on=today, by=by)
    if not application.is_draft:
        return application
    confirm_carried(application=application, by=by, at=at)
    if journey_of(application.program).unfinished(application):
        return application
    return applications.submit(
        application=application,
        name=name,
        words=words,
        way=Signature.Way.TYPED,
        by=by,
        at=at,
    )
