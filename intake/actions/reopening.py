"""Taking up a decided application again: a paper came late, or it seems that no service fits any more."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from cms_portal.audit.tracking import save_tracked
from intake.actions.applications import ask_the_rules, locked
from intake.models import Application, Enrollment, Status

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


class CannotOpen(ValueError):
    """The family took the application back, or has begun a newer one, or the child died."""


def open_again(application: Application, *, by: User, at: datetime, reason: str) -> Application:
    """Take up an application that was decided or closed; the caller holds its lock. Raises CannotOpen."""
    if application.is_open:
        return application
    is_over = application.status == Status.WITHDRAWN or application.child.died_on is not None
    if is_over or _newer(application) is not None:
        raise CannotOpen(application.number)
    return application.move_to(Status.IN_REVIEW, by=by, at=at, reason=reason)


def _newer(application: Application) -> Application | None:
    return Application.objects.open().beside(application).first()


@transaction.atomic
def look_again(*, enrollment: Enrollment, by: User, at: datetime) -> Application:
    """Let each service that a child has be decided anew; what it has goes on until a notice tells otherwise.

    A newer application of the home that was sent is decided in its place. Asked twice it is opened once.
    Raises CannotOpen.
    """
    application = locked(enrollment.application)
    newer = _newer(application)
    if newer is not None and not newer.is_draft:
        return newer
    if application.is_open and application.looked_again_at:
        return application
    application.looked_again_at = at
    if application.is_open:
        save_tracked(application, by=by, reason="looked at again")
    else:
        open_again(application, by=by, at=at, reason="looked at again")
    ask_the_rules(application=application, by=by, at=at)
    return application
