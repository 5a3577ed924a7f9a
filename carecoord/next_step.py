"""The one thing a family can do next."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.audit.models import AccessEvent
from cms_portal.documents.models import Document
from intake.asking import AskedFor
from intake.journeys import journey_of
from intake.models import (
    Appeal,
    AppealQuestion,
    Application,
    Enrollment,
    InformationRequest,
    Notice,
)
from intake.renewals import can_renew
from intake.told import unusable_papers_of


def with_next_steps(applications: QuerySet[Application], user: Any) -> QuerySet[Application]:
    """Add to each what `next_step` asks of it, for this person.

    `is_paper_unusable`: a file of a paper could not be used; `is_paper_asked`: we wait for something
    missing; `is_answer_asked`: the committee of a review does; `is_unread`: we wrote of a
    decision, and this person has not read it since. `review_number`, `review_state` and
    `review_due_on`: of a review that is not finished.
    """
    unusable = Document.objects.unusable().filter(
        household=OuterRef("household"), child=OuterRef("child")
    )
    requests = InformationRequest.objects.open().filter(application=OuterRef("pk"))
    questions = AppealQuestion.objects.unanswered().filter(appeal__application=OuterRef("pk"))
    notices = Notice.objects.filter(application=OuterRef("pk"))
    read_since = AccessEvent.objects.filter(
        actor=user,
        page="intake:decision",
        subject_id=Cast(OuterRef("application_id"), CharField()),
        at__gt=OuterRef("sent_at"),
    )
    review = Appeal.objects.not_finished().filter(application=OuterRef("pk")).order_by("-pk")
    return applications.annotate(
        review_number=Subquery(review.values("number")[:1]),
        review_state=Subquery(review.values("state")[:1]),
        review_due_on=Subquery(review.values("due_on")[:1]),
        is_paper_unusable=Exists(unusable),
        is_paper_asked=Exists(requests),
        is_answer_asked=Exists(questions),
        is_unread=Exists(notices.exclude(Exists(read_since))),
    )


def next_step(applications: list[Any], enrollments: list[Enrollment]) -> dict[str, Any] | None:
    """Return the one thing a family can do now: send what we wait for, finish, read, or renew.

    The applications are asked for `with_next_steps`; for a child who died there is nothing to do.
    """
    applications = [one for one in applications if one.child.died_on is None]
    return (
        _paper_to_send_again([one for one in applications if one.is_paper_unusable])
        or _paper_to_send([one for one in applications if one.is_paper_asked])
        or _review_to_answer([one for one in applications if one.is_answer_asked])
        or _draft_to_finish(applications)
        or _decision_to_read([one for one in applications if one.is_unread])
        or _renewal_due(applications, enrollments)
    )


def _paper_to_send_again(spoiled: list[Application]) -> dict[str, Any] | None:
    """Return a paper that the family believes to be here, but of which a file could not be used."""
    for application in (one for one in spoiled if one.is_open):
        for paper in unusable_papers_of(application):
            return {
                "title": _("Send again for {child}: {paper}").format(
                    child=application.child.called, paper=paper.get_kind_display()
                ),
                "text": paper.refusal,
                "url": _where_papers_are_given(application),
                "action": _("Send it again"),
            }
    return None


def _where_papers_are_given(application: Application) -> str:
    if application.is_draft:
        return reverse("intake:step", args=[application.number, "papers"])
    return reverse("intake:add_paper", args=[application.number])


def _paper_to_send(asked: list[Application]) -> dict[str, Any] | None:
    sent = {one.pk: one for one in asked if one.is_open}
    requests = InformationRequest.objects.open().filter(application__in=sent)
    request = requests.order_by("due_on", "pk").first() if sent else None
    if request is None:
        return None
    request.application = application = sent[request.application_id]
    asks = AskedFor(request)
    return {
        "title": _("Send for {child}: {what}").format(
            child=application.child.called, what=asks.what
        ),
        "due": request.due_on,
        "text": asks.why,
        "url": reverse("intake:answer_request", args=[application.number, request.pk]),
        "action": _("Send it"),
    }


def _review_to_answer(asked: list[Application]) -> dict[str, Any] | None:
    """Return what a committee asked for and has not got, the nearest day first."""
    children = {one.pk: one.child for one in asked}
    questions = AppealQuestion.objects.unanswered().filter(appeal__application__in=children)
    waiting = questions.select_related("appeal").order_by("due_on", "pk")
    question = waiting.first() if children else None
    if question is None:
        return None
    child = children[question.appeal.application_id]
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


def _decision_to_read(unread: list[Application]) -> dict[str, Any] | None:
    if not unread:
        return None
    child = unread[0].child.called
    return {
        "title": _("Read our decision for {child}").format(child=child),
        "text": _("It says what {child} can get, and why.").format(child=child),
        "url": reverse("intake:decision", args=[unread[0].number]),
        "action": _("Read it"),
    }


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
