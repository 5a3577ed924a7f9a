"""Where a signed-in person begins: a family's next step, a worker's day."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from carecoord.lines import child_row, helped_row
from carecoord.next_step import next_step, with_next_steps
from cms_portal import programs
from cms_portal.access.policy import holds_anywhere
from cms_portal.access.roles import Permission
from cms_portal.access.views import OwnPage
from cms_portal.audit.actions import note_access_to_many, note_access_to_told
from cms_portal.families.policies import CHILDREN
from intake.called import calls_for
from intake.invitations import invitations_to
from intake.models import Application, Enrollment
from intake.policies import APPLICATIONS, ENROLLMENTS, helped_with

# Where staff begin, by what they are allowed, the first that fits.
STAFF_PAGES = [
    (Permission.APPLICATION_REVIEW, "intake:queue"),
    (Permission.CONDITION_REVIEW, "intake:conditions"),
    (Permission.APPEAL_WORK, "intake:appeals"),
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
        # A decision is the home's that applied: who helps it, even the child's other parent, reads none.
        own = APPLICATIONS.rows(user, Permission.DECISION_VIEW)
        newest = _newest_of_each_child(with_next_steps(own, user))
        codes = sorted({child.program for child in children})
        if len(codes) == 1:
            self.request.program = programs.get(codes[0])  # type: ignore[attr-defined]
        enrolled = {row.child_id: row for row in _enrollments(user)}
        helps_with = list(_newest_of_each_child(helped_with(user)).values())
        applied = list(newest.values())
        note_access_to_many(by=user, page="home", children=children)
        note_access_to_told(by=user, page="home", rows=helps_with)
        return {
            "calls": calls_for(own),
            "helps_with": [helped_row(application) for application in helps_with],
            "children": [
                child_row(child, newest.get(child.pk), enrolled.get(child.pk)) for child in children
            ],
            "invitations": invitations_to(user, timezone.now()),
            "next_step": next_step(applied, list(enrolled.values())),
            "person": _person(applied),
            "programs": [programs.get(code) for code in codes] or programs.all_programs(),
        } | more


def _newest_of_each_child(applications: QuerySet[Application]) -> dict[int, Any]:
    reads = applications.select_related("child", "assessment", "worker", "office").order_by(
        "started_at", "pk"
    )
    return {application.child_id: application for application in reads}


def _enrollments(user: Any) -> list[Enrollment]:
    """Return what the children of this person's home can get, and what ended not long ago."""
    rows = ENROLLMENTS.rows(user, Permission.DECISION_VIEW)
    return list(rows.select_related("child").order_by("pk"))


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
