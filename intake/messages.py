"""What we write to a family about its application."""

from __future__ import annotations

from django.utils import translation

from cms_portal.accounts.models import User
from cms_portal.notifications.actions import queue
from cms_portal.notifications.models import Message
from intake.actions.answers import contact_of
from intake.cases import service_cases
from intake.models import Application


def received(application: Application, *, by: User) -> Message:
    """Say that the application arrived, its number, and when we answer."""
    return queue(
        key="intake/application_received",
        guardian=contact_of(application),
        child=application.child,
        about=application,
        values={
            "number": application.number,
            "answer_by": application.answer_due_on,
            "worker": application.worker.name if application.worker else "",
        },
        by=by,
    )


def _services(application: Application) -> list[dict[str, object]]:
    """Return each decided service in the guardian's language, with the sentences of its receipt."""
    with translation.override(contact_of(application).written_language):
        return [
            {
                "name": case.name,
                "outcome": case.outcome_words,
                "reasons": [reason.because for reason in case.reasons],
            }
            for case in service_cases(application)
            if case.decision
        ]


def decided(application: Application, *, by: User) -> Message:
    """Say that the decision can be read; what it says stands on the page and in the letter alone."""
    return queue(
        key="intake/application_decided",
        guardian=contact_of(application),
        child=application.child,
        about=application,
        values={"number": application.number, "services": _services(application)},
        by=by,
    )
