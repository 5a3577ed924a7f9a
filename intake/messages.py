"""What we write to a family about its application."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import models
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_noop

from cms_portal import programs
from cms_portal.accounts.models import User
from cms_portal.families.actions import NotAllowedHere
from cms_portal.notifications.actions import queue
from cms_portal.notifications.deadlines import LAST_DAY
from cms_portal.notifications.models import Message
from cms_portal.notifications.reaching import REACH_FAMILY
from cms_portal.notifications.wording import health
from cms_portal.work.actions import ask_for
from intake import notices
from intake.asking import AskedFor
from intake.models import Application, EndReason, Enrollment, InformationRequest
from intake.notices import ToldService
from intake.told import contact_of

ENDED_KEY = "intake/enrollment_ended"
# The family knows the day, or it is a birthday, which no letter moves.
ENDS_ON_ITS_DAY = (EndReason.FAMILY, EndReason.DIED, EndReason.AGED_OUT)


def received(application: Application, *, by: User) -> Message | None:
    """Say that the application arrived, its number, and when we answer."""
    return write(
        application,
        key="intake/application_received",
        values={
            "number": application.number,
            "answer_by": application.answer_due_on,
            "worker": str(application.worker or application.office or ""),
        },
        by=by,
    )


def decided(application: Application, told: list[ToldService], *, by: User) -> Message | None:
    """Send the notice of what was decided; what it says stands on the page and in the letter alone."""
    return write(
        application,
        key=notices.KEY,
        values=notices.values_of(application, told),
        reply_days=notices.reply_days(application, told),
        end_days=notices.end_days(application, told),
        by=by,
    )


def information_asked(request: InformationRequest, *, by: User) -> Message | None:
    """Ask for what a service still needs: what, why, by when, and which papers would do."""
    return _write_about(request, key="intake/information_asked", by=by)


def information_reminder(request: InformationRequest, *, by: User) -> Message | None:
    """Ask once more, before the day is over."""
    return _write_about(request, key="intake/information_reminder", by=by, is_reminder=True)


def papers_not_received(request: InformationRequest, *, until: date, by: User) -> Message | None:
    """Say that we closed what waited for papers, that it is no refusal, and until when they can come."""
    return _write_about(request, key="intake/papers_not_received", by=by, until=until)


def _write_about(
    request: InformationRequest, *, key: str, by: User, is_reminder: bool = False, **more: object
) -> Message | None:
    application, asked = request.application, AskedFor(request)
    with translation.override(contact_of(application).written_language):
        values = {
            "number": application.number,
            "what": asked.what,
            "why": asked.why,
            "examples": asked.examples,
            "services": [
                notices.name_to_tell(application.program, key) for key in request.services
            ],
            "words": health(request.words),
            "due_on": request.due_on,
            **more,
        }
    return write(
        application,
        key=key,
        values=values,
        outside={"day": request.due_on},
        cover_code=request.cover_code,
        also_on_paper=not is_reminder,
        by=by,
    )


def draft_reminder(application: Application, *, by: User) -> Message | None:
    """Say that what was begun is kept, and how to go on."""
    return write(application, key="intake/draft_reminder", values={}, also_on_paper=False, by=by)


def renewal_reminder(enrollment: Enrollment, *, by: User) -> Message | None:
    """Ask to renew before the last day."""
    return write(
        enrollment.application,
        key="intake/renewal_reminder",
        values={"last_day": enrollment.last_day},
        outside={"last_day": enrollment.last_day},
        also_on_paper=False,
        by=by,
    )


def enrollment_ended(enrollment: Enrollment, *, by: User) -> Message | None:
    """Say from when on the child is no longer enrolled, why, and how to come back."""
    program = programs.get(enrollment.program)
    end_days = None
    if enrollment.end_reason not in ENDS_ON_ITS_DAY:
        end_days = program.clock("end_notice_days")
    with translation.override(contact_of(enrollment.application).written_language):
        reason = str(EndReason(enrollment.end_reason).label)
        last_day = date_format(enrollment.last_day, "DATE_FORMAT")
    values: dict[str, object] = {
        "last_day": LAST_DAY if end_days else last_day,
        "reason": reason,
        # Nobody comes back after an age limit.
        "by_age": enrollment.end_reason == EndReason.AGED_OUT,
        "by_family": enrollment.end_reason == EndReason.FAMILY,
        "review_wish": enrollment.review_wish,
        "until": enrollment.ends_on + timedelta(days=program.clock("resume_days")),
    }
    return write(enrollment.application, key=ENDED_KEY, values=values, end_days=end_days, by=by)


def write(
    application: Application,
    *,
    key: str,
    values: Mapping[str, object],
    by: User,
    outside: Mapping[str, object] | None = None,
    reply_days: int | None = None,
    end_days: int | None = None,
    by_mail: bool = False,
    also_on_paper: bool = True,
    cover_code: str = "",
    about: models.Model | None = None,
) -> Message | None:
    """Write to the household; where nobody of it may be told any more, ask the office to find out who may.

    A reminder is not `also_on_paper`: it goes the way the family chose.
    """
    guardian, child = contact_of(application), application.child
    try:
        return queue(
            key=key,
            guardian=guardian,
            child=child,
            about=about or application,
            values=values,
            outside=outside,
            reply_days=reply_days,
            end_days=end_days,
            by_mail=by_mail,
            also_on_paper=also_on_paper,
            cover_code=cover_code,
            by=by,
        )
    except NotAllowedHere:
        ask_for(
            program=application.program,
            kind=REACH_FAMILY,
            title=gettext_noop("Reach a family another way"),
            why=gettext_noop("Nobody of this household may be written to."),
            due_on=programs.get(application.program).today(),
            office=application.office,
            owner=application.worker,
            child=child,
            about=application,
            by=by,
        )
    return None
