"""What of an application is decided anew, though the family was told that the child can get it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.utils import timezone

from cms_portal import programs
from eligibility.models import Outcome
from intake.models import Application, EndReason, EnrolledService, Enrollment, NoticeLine


def granted_before(application: Application) -> dict[str, datetime]:
    """Return since when a service is decided anew: each told and not over as it was looked at again."""
    since = application.looked_again_at
    if since is None:
        return {}
    lines = NoticeLine.objects.filter(
        notice__application=application,
        notice__sent_at__lt=since,
        ends_on__gt=timezone.localdate(since, programs.get(application.program).timezone),
        decision__outcome=Outcome.AVAILABLE,
    ).exclude(decision__replaced_by__decided_at__lt=since)
    return dict.fromkeys(lines.values_list("decision__service", flat=True), since)


def has_something_left(enrollment: Enrollment, on: date, refused: Collection[str] = ()) -> bool:
    """Say whether anything goes on after a day of what a child has, once these services are refused."""
    rows = EnrolledService.objects.filter(enrollment=enrollment, ends_on__gt=on)
    return rows.filter(decision__outcome=Outcome.AVAILABLE).exclude(service__in=refused).exists()


def held_by(application: Application) -> Enrollment | None:
    """Return the enrollment an application carries on.

    That is the open one of its home; else the one it renews, or that ended as it was refused.
    """
    of_home = Enrollment.objects.filter(child=application.child, household=application.household)
    refused = of_home.filter(application=application, end_reason=EndReason.NOT_ELIGIBLE)
    return of_home.open().first() or application.renews or refused.last()
