"""What we write to a family about its application."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext_noop

from cms_portal import programs
from cms_portal.accounts.models import User
from cms_portal.notifications.actions import queue
from cms_portal.notifications.models import Message
from cms_portal.notifications.reaching import REACH_FAMILY
from cms_portal.notifications.ways import is_kept_away
from cms_portal.work.actions import ask_for
from intake.cases import service_cases
from intake.models import Application
from intake.told import contact_of


def received(application: Application, *, by: User) -> Message | None:
    """Say that the application arrived, its number, and when we answer."""
    return _write(
        application,
        key="intake/application_received",
        values={
            "number": application.number,
            "answer_by": application.answer_due_on,
            "worker": application.worker.name if application.worker else "",
        },
        by=by,
    )


def _services(application: Application) -> list[dict[str, object]]:
    """Return each decided service in the guardian's language: as its page, what a person wrote first."""
    with translation.override(contact_of(application).written_language):
        return [
            {
                "name": case.name,
                "outcome": case.outcome_words,
                "reasons": [
                    *filter(None, [case.own_words]),
                    *(reason.because for reason in case.reasons_to_tell),
                ],
            }
            for case in service_cases(application)
            if case.is_final
        ]


def decided(application: Application, *, by: User) -> Message | None:
    """Say that the decision can be read; what it says stands on the page and in the letter alone."""
    return _write(
        application,
        key="intake/application_decided",
        values={"number": application.number, "services": _services(application)},
        by=by,
    )


def _write(
    application: Application, *, key: str, values: dict[str, object], by: User
) -> Message | None:
    """Write to the household; where nobody of it may be told any more, ask the office to find out who may."""
    guardian, child = contact_of(application), application.child
    today = programs.get(application.program).today()
    if not is_kept_away(guardian, child, today):
        return queue(
            key=key, guardian=guardian, child=child, about=application, values=values, by=by
        )
    ask_for(
        program=application.program,
        kind=REACH_FAMILY,
        title=gettext_noop("Reach a family another way"),
        why=gettext_noop("Nobody of this household may be written to."),
        due_on=today,
        office=application.office,
        owner=application.worker,
        child=child,
        about=application,
        by=by,
    )
    return None
