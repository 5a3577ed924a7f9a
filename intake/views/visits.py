"""Calls and visits to take an assessment: asking for a time, moving it, and a worker's list."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages as notes
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import ActionView, FormPage, ForStaff, PermittedPage
from cms_portal.audit.actions import note_access_to_told
from cms_portal.families.views.frames import ForBoth
from cms_portal.offices.opening import day_in_words
from intake import routing
from intake.actions import visits
from intake.forms.visiting import ConversationForm, VisitForm
from intake.models import Application, Visit
from intake.policies import VISITS
from intake.told import contact_of
from intake.views.frames import ApplicationPage

ROWS_PER_PAGE = 50


class PlanVisit(ForBoth, ApplicationPage, FormPage):
    """Would you rather do it by phone? A day, a time; or what is planned already."""

    permission = Permission.APPLICATION_SUBMIT
    template_name = "intake/plan_visit.html"
    form_class = VisitForm
    reads = ("child", "household__county", "office", "worker")

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if not self.application.is_open:
            raise Http404
        try:
            self.office, self.worker = visits.who_takes(self.application)
        except routing.NobodyThere:
            raise Http404 from None

    def form_arguments(self) -> dict[str, Any]:
        return {
            "office": self.office,
            "worker": self.worker,
            "now": timezone.now(),
            "initial": {"interpreter_language": contact_of(self.application).interpreter_language},
        }

    def act(self, form: Any) -> HttpResponse:
        told = form.cleaned_data
        try:
            visits.plan(
                application=self.application,
                channel=told["channel"],
                starts_at=told["starts_at"],
                interpreter_language=told["interpreter_language"],
                by=self.user,
                at=timezone.now(),
            )
        except visits.NotFree:
            form.say_what_is_free()
            self.note_who_looked()
            return self.answer(status=422, form=form)
        return redirect("intake:plan_visit", number=self.application.number)

    def page(self, **more: Any) -> dict[str, Any]:
        planned = self.application.visits.planned().select_related("office", "worker").first()
        return super().page(planned=in_words(planned) if planned else None, **more)


def in_words(visit: Visit) -> dict[str, Any]:
    """Return a visit as a page tells it, by the clock of the program's offices."""
    return {
        "visit": visit,
        "day": day_in_words(visit.local_start.date()),
        "time": time_format(visit.local_start.time()),
        "is_call": visit.channel == "phone",
    }


class VisitPage(ForBoth, FormPage):
    """A page about one planned visit, for the family and for its office."""

    policy, permission = VISITS, Permission.APPLICATION_SUBMIT
    child_of, household_of = "application__child", "application__household"

    def rows(self) -> Any:
        return Visit.objects.select_related(
            "application__child", "application__household", "office", "worker"
        )

    @property
    def visit(self) -> Visit:
        return self.object

    def back(self) -> str:
        if self.user.is_staff_member:
            return reverse("intake:visits")
        return reverse("intake:plan_visit", args=[self.visit.application.number])

    def say_it_is_over(self) -> HttpResponse:
        notes.error(self.request, _("This was changed meanwhile. Look at what is planned now."))
        return redirect(self.back())

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(planned=in_words(self.visit), back=self.back(), **more)


class MoveVisit(VisitPage):
    """Another day or time for it."""

    template_name = "intake/move_visit.html"
    form_class = VisitForm

    def form_arguments(self) -> dict[str, Any]:
        return {
            "office": self.visit.office,
            "worker": self.visit.worker,
            "now": timezone.now(),
            "asks_interpreter": False,
            "initial": {"channel": self.visit.channel},
        }

    def act(self, form: Any) -> HttpResponse:
        try:
            visits.move(
                visit=self.visit,
                channel=form.cleaned_data["channel"],
                starts_at=form.cleaned_data["starts_at"],
                by=self.user,
                at=timezone.now(),
            )
        except visits.NotFree:
            form.say_what_is_free()
            self.note_who_looked()
            return self.answer(status=422, form=form)
        except visits.VisitOver:
            return self.say_it_is_over()
        return redirect(self.back())


class CancelVisit(VisitPage, ActionView):
    """It is not needed any more."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            visits.cancel(visit=self.visit, by=self.user, at=timezone.now())
        except visits.VisitOver:
            return self.say_it_is_over()
        return redirect(self.back())


class CloseVisit(ForStaff, VisitPage, ActionView):
    """What became of it, by the worker."""

    permission = Permission.APPLICATION_REVIEW

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        took_place = request.POST.get("took_place")
        if took_place not in ("yes", "no"):
            raise PermissionDenied
        try:
            visits.close(
                visit=self.visit,
                took_place=took_place == "yes",
                by=self.user,
                at=timezone.now(),
            )
        except visits.VisitOver:
            return self.say_it_is_over()
        return redirect(self.back())


class Visits(PermittedPage):
    """The calls and visits within reach that are planned, the next on top; each prints as one line."""

    template_name = "intake/visits.html"
    permission = Permission.APPLICATION_REVIEW

    def page(self, **more: Any) -> dict[str, Any]:
        mine: Any = VISITS.rows(self.user, Permission.APPLICATION_REVIEW)
        planned = mine.planned().select_related(
            "application__child", "application__household", "office", "worker"
        )
        page_obj = Paginator(
            planned.prefetch_related("application__household__guardians").order_by(
                "starts_at", "pk"
            ),
            ROWS_PER_PAGE,
        ).get_page(self.request.GET.get("page"))
        shown = list(page_obj)
        note_access_to_told(
            by=self.user,
            page="intake:visits",
            rows=[_Told(visit) for visit in shown],
        )
        now = timezone.now()
        return {"page_obj": page_obj, "rows": [_row(visit, now) for visit in shown]} | more


class _Told:
    """A visit as read events ask for it."""

    def __init__(self, visit: Visit) -> None:
        self.program, self.child_id = visit.program, visit.application.child_id
        self.household_id = visit.application.household_id


def _row(visit: Visit, now: datetime) -> dict[str, Any]:
    today = timezone.localdate(now, programs.get(visit.program).timezone)
    day = visit.local_start.date()
    return in_words(visit) | {
        "child": visit.application.child.full_name,
        "adult": _adult(visit),
        "is_today": day == today,
        "is_past": visit.ends_at <= now,
    }


def _adult(visit: Visit) -> Any:
    """Return with whom to speak, of those who live in the home still: who applies, or the first."""
    home = visit.application.household.guardians.all()
    at_home = [adult for adult in home if adult.left_on is None]
    applying = [one for one in at_home if one.user_id == visit.application.started_by_id]
    return next(iter(applying or at_home), None)


class Speak(ApplicationPage, FormPage):
    """Who is on the line or at the desk, before the worker writes down what they say."""

    permission = Permission.APPLICATION_REVIEW
    template_name = "intake/conversation.html"
    form_class = ConversationForm
    reads = ("child", "household")

    def form_arguments(self) -> dict[str, Any]:
        adult = contact_of(self.application)
        return {
            "initial": {
                "spoke_with": str(adult),
                "interpreting": "used" if adult.interpreter_language else "not_needed",
                "language": adult.interpreter_language,
                "mode": adult.interpreter_mode,
            }
        }

    def act(self, form: Any) -> HttpResponse:
        visits.note_conversation(
            application=self.application,
            by=self.user,
            at=timezone.now(),
            **form.cleaned_data,
        )
        return redirect("intake:phone", number=self.application.number)

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(
            earlier=self.application.conversations.select_related("held_by"), **more
        )


# A worker who goes on after this long is told by somebody new, or later: they are asked again.
SAME_CONVERSATION = timedelta(hours=4)


def spoken_now(application: Application, user: Any) -> Any:
    """Return the conversation in which a worker writes down answers now, if they noted one."""
    since = timezone.now() - SAME_CONVERSATION
    return application.conversations.filter(held_by=user, held_at__gte=since).first()
