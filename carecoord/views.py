"""Where a signed-in person begins: a family's next step, a worker's day."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.policy import holds_anywhere
from cms_portal.access.roles import Permission
from cms_portal.access.views import OwnPage
from cms_portal.audit.actions import note_access_to_many, note_access_to_told
from cms_portal.audit.models import AccessEvent
from cms_portal.families.policies import CHILDREN
from intake.invitations import invitations_to
from intake.journeys import journey_of
from intake.models import Application, Status
from intake.policies import APPLICATIONS
from intake.yearly import is_asked_for, next_due_on

# Where staff begin, by what they are allowed, the first that fits.
STAFF_PAGES = [
    (Permission.APPLICATION_REVIEW, "intake:queue"),
    (Permission.CONDITION_REVIEW, "intake:conditions"),
    (Permission.TASK_VIEW, "work:tasks"),
    (Permission.OFFICE_EDIT, "offices:manage"),
    (Permission.APPLICATION_HISTORY, "intake:histories"),
]


class Home(OwnPage):
    """A family's home: the next thing to do, then each child with a line of where things stand."""

    template_name = "carecoord/home.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        if user.is_staff_member:
            return self._staff_page(user)
        return self.answer()

    def _staff_page(self, user: Any) -> HttpResponse:
        for permission, name in STAFF_PAGES:
            if holds_anywhere(user, permission):
                return redirect(name)
        return TemplateResponse(self.request, "carecoord/staff_home.html")

    def page(self, **more: Any) -> dict[str, Any]:
        user: Any = self.request.user
        children = list(CHILDREN.rows(user, Permission.CHILD_VIEW).order_by("date_of_birth", "pk"))
        newest = self._newest_applications(user)
        codes = sorted({child.program for child in children})
        if len(codes) == 1:
            self.request.program = programs.get(codes[0])  # type: ignore[attr-defined]
        ids = {child.pk for child in children}
        helps_with = [a for a in newest.values() if a.child_id not in ids]
        own = [application for application in newest.values() if application.child_id in ids]
        note_access_to_many(by=user, page="home", children=children)
        note_access_to_told(by=user, page="home", rows=helps_with)
        return {
            "helps_with": [_helped_row(application) for application in helps_with],
            "children": [_child_row(child, newest.get(child.pk)) for child in children],
            "invitations": invitations_to(user, timezone.now()),
            "next_step": _next_step(own, user),
            "person": _person(own),
            "programs": [programs.get(code) for code in codes] or programs.all_programs(),
        } | more

    @staticmethod
    def _newest_applications(user: Any) -> dict[int, Application]:
        applications = (
            APPLICATIONS.rows(user, Permission.APPLICATION_VIEW)
            .select_related("child", "assessment", "worker", "office")
            .order_by("started_at", "pk")
        )
        return {application.child_id: application for application in applications}


def _child_row(child: Any, application: Application | None) -> dict[str, Any]:
    line, state, label = _where_it_stands(application)
    return {
        "name": child.called,
        "url": reverse("families:child", args=[child.pk]),
        "line": line,
        "state": state,
        "state_label": label,
        **_way_to(application),
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


def _helped_row(application: Application) -> dict[str, Any]:
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
    if application.status == Status.DECIDED:
        zone = programs.get(application.program).timezone
        day = date_format(timezone.localtime(application.decided_at, zone))
        return _("We decided on {day}.").format(day=day), "done", label
    if application.status == Status.WITHDRAWN:
        return _("You took it back."), "closed", label
    day = date_format(application.answer_due_on or "")
    return _("We have it. You get our answer by {day}.").format(day=day), "waiting", label


def _next_step(applications: list[Application], user: Any) -> dict[str, Any] | None:
    """Return the one thing this family can do now: a draft, a decision not read yet, the yearly intake."""
    for find in (_draft_to_finish, _decision_to_read, _assessment_due):
        if (step := find(applications, user)) is not None:
            return step
    return None


def _draft_to_finish(applications: list[Application], user: Any) -> dict[str, Any] | None:
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


def _decision_to_read(applications: list[Application], user: Any) -> dict[str, Any] | None:
    decided = [one for one in applications if one.status == Status.DECIDED]
    read = _decisions_read(user, decided) if decided else set()
    for application in decided:
        if str(application.pk) not in read:
            return {
                "title": _("Read our decision for {child}").format(child=application.child.called),
                "text": _("It says what {child} can get, and why.").format(
                    child=application.child.called
                ),
                "url": reverse("intake:decision", args=[application.number]),
                "action": _("Read it"),
            }
    return None


def _decisions_read(user: Any, decided: list[Application]) -> set[str]:
    """Return the keys of the decisions that this person has opened."""
    looks = AccessEvent.objects.filter(
        actor=user, page="intake:decision", subject_id__in=[str(one.pk) for one in decided]
    )
    return set(looks.values_list("subject_id", flat=True))


def _assessment_due(applications: list[Application], user: Any) -> dict[str, Any] | None:
    for application in applications:
        program = programs.get(application.program)
        if not application.is_open and is_asked_for(application, program.today()):
            return {
                "title": _("Do this year’s {noun} for {child}").format(
                    noun=program.application_noun, child=application.child.called
                ),
                "due": next_due_on(application),
                "text": _("It takes about 15 minutes, and you can stop at any page."),
                "url": reverse("intake:start", args=[program.code]),
                "action": _("Begin"),
            }
    return None


def _pages_left(application: Application) -> str:
    left = sum(not state.is_done for state in journey_of(application.program).states(application))
    if left == 0:
        return _("Every page is done. Check your answers and send.")
    return _("{left} pages are left. What you sent so far is saved.").format(left=left)


def _person(applications: Any) -> dict[str, Any] | None:
    """Return the worker who answers for the newest application that has one."""
    with_worker = [application for application in applications if application.worker]
    if not with_worker:
        return None
    application = with_worker[-1]
    office = application.office
    phone = office.phone.as_national if office.phone else ""
    return {
        "name": application.worker.name,
        "office": office.name,
        "phone": phone or programs.get(application.program).toll_free,
    }
