"""What goes with an application that a family takes back: nobody asks, reminds or calls about it any more."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from intake.actions import kept_answers
from intake.models import Application, VisitState
from intake.states import RequestState

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


def end(application: Application, *, by: User, at: datetime, reason: str) -> None:
    """Forget answers kept unsent, take back what was asked, and free the time of a planned call or visit.

    The application is locked by the caller. What cannot wait stays: somebody speaks with the family still.
    """
    kept_answers.forget(application=application, by=by)
    for request in application.information_requests.open():
        request.application = application
        request.move_to(RequestState.CANCELLED, by=by, at=at, reason=reason)
    for visit in application.visits.planned():
        visit.move_to(VisitState.CANCELLED, by=by, at=at, reason=reason)
