"""The one thing a family can do next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.audit.models import AccessEvent
from intake.appeal_states import AppealState
from intake.asking import AskedFor
from intake.journeys import journey_of
from intake.models import AppealQuestion, Application, Enrollment, InformationRequest, Notice
from intake.renewals import can_renew


def next_step(
    applications: list[Application], enrollments: list[Enrollment], unread: Collection[int]
) -> dict[str, Any] | None:
    """Return the one thing this family can do now: send what we wait for, finish, read, or renew."""
    return (
        _paper_to_send(applications)
        or _review_to_answer(applications)
        or _draft_to_finish(applications)
        or _decision_to_read(applications, unread)
        or _renewal_due(applications, enrollments)
    )


def _paper_to_send(applications: list[Application]) -> dict[str, Any] | None:
    sent = {one.pk: one for one in applications if one.is_open and not one.is_draft}
    request = (
        InformationRequest.objects.open()
        .filter(application__in=sent)
        .order_by("due_on", "pk")
        .first()
        if sent
        else None
    )
    if request is None:
        return None
    application = sent[request.application_id]
    request.application = application
    asked = AskedFor(request)
    return {
        "title": _("Send for {child}: {what}").format(
            child=application.child.called, what=asked.what
        ),
        "due": request.due_on,
        "text": asked.why,
        "url": reverse("intake:answer_request", args=[application.number, request.pk]),
        "action": _("Send it"),
    }


def _review_to_answer(applications: list[Application]) -> dict[str, Any] | None:
    """Return what a committee asked for and has not got, the nearest day first."""
    told = {one.pk: one for one in applications if one.submitted_at}
    asked = AppealQuestion.objects.filter(
        appeal__application__in=told,
        appeal__state=AppealState.INFO_REQUESTED,
        answers__isnull=True,
    )
    waiting = asked.select_related("appeal").order_by("due_on", "pk")
    question = waiting.first() if told else None
    if question is None:
        return None
    child = told[question.appeal.application_id].child
    return {
        "title": _("Send what your review for {child} needs").format(child=child.called),
        "due": question.due_on,
        "text": question.words,
        "url": reverse("intake:appeal_add", args=[question.appeal.number]),
        "action": _("Send it"),
    }


def _draft_to_finish(applications: list[Application]) -> dict[str, Any] | None:
    for application in applications:
        if application.is_draft:
            return {
                "title": _("Finish and send the {noun} for {child}").format(
                    noun=programs.get(application.program).application_noun,
                    child=application.child.called,
                ),
                "text": _pages_left(application),
                "url": application.get_absolute_url(),
                "action": _("Go on"),
            }
    return None


def _decision_to_read(
    applications: list[Application], unread: Collection[int]
) -> dict[str, Any] | None:
    for application in applications:
        if application.pk in unread:
            return {
                "title": _("Read our decision for {child}").format(child=application.child.called),
                "text": _("It says what {child} can get, and why.").format(
                    child=application.child.called
                ),
                "url": reverse("intake:decision", args=[application.number]),
                "action": _("Read it"),
            }
    return None


def unread_decisions(applications: list[Application], user: Any) -> set[int]:
    """Return the keys of the applications on which we wrote since this person read our decision last."""
    told = _last_told(applications)
    read = _last_read(user, told) if told else {}
    return {key for key, at in told.items() if read.get(str(key), at) <= at}


def _last_told(applications: list[Application]) -> dict[int, datetime]:
    """Return when the last notice of each application was sent."""
    sent = [one.pk for one in applications if not one.is_draft]
    notices = Notice.objects.filter(application__in=sent) if sent else Notice.objects.none()
    return dict(notices.values_list("application").annotate(Max("sent_at")))


def _last_read(user: Any, told: Iterable[int]) -> dict[str, datetime]:
    """Return when this person opened each decision last, by the application's key as it is kept."""
    looks = AccessEvent.objects.filter(
        actor=user, page="intake:decision", subject_id__in=[str(key) for key in told]
    )
    return dict(looks.order_by().values_list("subject_id").annotate(Max("at")))


def _renewal_due(
    applications: list[Application], enrollments: list[Enrollment]
) -> dict[str, Any] | None:
    open_for = {one.child_id for one in applications if one.is_open}
    for enrollment in enrollments:
        program = programs.get(enrollment.program)
        renews = enrollment.is_open and can_renew(enrollment, program.today())
        if renews and enrollment.child_id not in open_for:
            return {
                "title": _("Renew for {child}").format(child=enrollment.child.called),
                "due": enrollment.last_day,
                "text": _("Two minutes if nothing changed: look, sign and send."),
                "url": reverse("intake:renew", args=[enrollment.pk]),
                "action": _("Renew"),
            }
    return None


def _pages_left(application: Application) -> str:
    left = sum(not state.is_done for state in journey_of(application.program).states(application))
    if left == 0:
        return _("Every page is done. Check your answers and send.")
    return _("{left} pages are left. What you sent so far is saved.").format(left=left)
