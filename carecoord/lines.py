"""A child, or an application helped with, as a line of the family's home: where things stand."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms_portal import programs
from intake.appeal_states import AppealState
from intake.models import Application, Enrollment, Status
from intake.states import EnrollmentState


def child_row(child: Any, application: Any | None, enrollment: Enrollment | None) -> dict[str, Any]:
    """Return a child's row: what is open or not read yet speaks first, then what the child can get."""
    if child.died_on is not None:
        return _died_row(child)
    if application is not None and application.is_unread:
        return _unread_row(child, application) | _review_of(application)
    if enrollment is not None and enrollment.is_open and not (application and application.is_open):
        return _enrolled_row(child, enrollment) | _review_of(application)
    line, state, label = _where_it_stands(application)
    return {
        "name": child.called,
        "url": reverse("families:child", args=[child.pk]),
        "line": line,
        "state": state,
        "state_label": label,
        **_way_to(application),
        **_review_of(application),
    }


def _review_of(application: Any | None) -> dict[str, Any]:
    """Return what becomes of a review that the family asked for, until it is finished."""
    if application is None or not application.review_number:
        return {}
    url = reverse("intake:appeal", args=[application.review_number])
    if application.review_state == AppealState.DECIDED:
        said = pgettext("rights", "The review you asked for is answered.")
        return {"also": said, "also_url": url, "also_more": pgettext("rights", "Read the answer")}
    said = pgettext("rights", "You asked for a review. You get the answer by {day}.")
    return {
        "also": said.format(day=date_format(application.review_due_on)),
        "also_url": url,
        "also_more": pgettext("rights", "See your review"),
    }


def _died_row(child: Any) -> dict[str, Any]:
    return {
        "name": child.called,
        "url": reverse("families:child", args=[child.pk]),
        "line": _("We are sorry for your loss. You need to do nothing here."),
        "state": "",
        "state_label": "",
    }


def _unread_row(child: Any, application: Application) -> dict[str, Any]:
    return {
        "name": child.called,
        "url": reverse("families:child", args=[child.pk]),
        "line": _("We decided, and wrote to you."),
        "state": "now",
        "state_label": _("Not read yet"),
        "more_url": reverse("intake:decision", args=[application.number]),
        "more": _("Read our decision"),
    }


def _enrolled_row(child: Any, enrollment: Enrollment) -> dict[str, Any]:
    day = date_format(enrollment.last_day)
    return {
        "name": child.called,
        "url": reverse("families:child", args=[child.pk]),
        "line": _("Enrolled until {day}.").format(day=day),
        "state": "done" if enrollment.state == EnrollmentState.ACTIVE else "closed",
        "state_label": str(enrollment.get_state_display()),
        "more_url": enrollment.get_absolute_url(),
        "more": _("What {child} can get").format(child=child.called),
    }


def _way_to(application: Application | None) -> dict[str, Any]:
    """Return the link from a child's line to what it speaks of."""
    if application is None:
        return {}
    if application.is_draft:
        return {"more_url": application.get_absolute_url(), "more": _("Go on")}
    if application.status == Status.DECIDED:
        url = reverse("intake:decision", args=[application.number])
        return {"more_url": url, "more": _("Read our decision")}
    url = reverse("intake:receipt", args=[application.number])
    return {"more_url": url, "more": _("See your receipt")}


def helped_row(application: Application) -> dict[str, Any]:
    line, state, label = _where_it_stands(application)
    if application.status == Status.DECIDED:  # what was decided, and when, is the family's to tell
        line, state, label = _("It was sent. There is nothing left to fill in."), "", ""
    return {
        "name": _("The {noun} for {child}").format(
            noun=programs.get(application.program).application_noun,
            child=application.child.called,
        ),
        "url": application.get_absolute_url(),
        "line": line,
        "state": state,
        "state_label": label,
    }


def _where_it_stands(application: Application | None) -> tuple[str, str, str]:
    if application is None:
        return _("Nothing is open now."), "", ""
    label = str(application.get_status_display())
    if application.is_draft:
        return _("You have begun. It is not sent yet."), "todo", label
    if not application.is_open:
        return *_where_it_ended(application), label
    if application.waits_for_family_since:
        return _("We wait for something from you."), "now", label
    day = date_format(application.answer_due_on or "")
    return _("We have it. You get our answer by {day}.").format(day=day), "waiting", label


def _where_it_ended(application: Application) -> tuple[str, str]:
    if application.status == Status.WITHDRAWN:
        return _("You took it back."), "closed"
    if application.status == Status.CLOSED:
        return _("A paper did not come, so we stopped. It is not a no."), "closed"
    zone = programs.get(application.program).timezone
    day = date_format(timezone.localtime(application.decided_at, zone))
    return _("We decided on {day}.").format(day=day), "done"
