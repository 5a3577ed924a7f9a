"""What cannot wait: the family tells it on a page of its own, and a named person speaks with it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages as notes
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import FormPage
from cms_portal.families.views.frames import ForBoth
from intake import told
from intake.actions import urgent_needs
from intake.called import call_for, phone_of
from intake.forms.urgent import MissedForm, SpokeForm, UrgentForm
from intake.models import UrgentNeed
from intake.policies import APPLICATIONS, URGENT_NEEDS
from intake.views.frames import ApplicationPage

# A row above a queue shows these and no more.
COLUMNS = (
    *("program", "kinds", "due_on", "answered_at"),
    *("application__program", "application__child", "application__household"),
    *("application__child__first_name", "application__child__middle_name"),
    *("application__child__last_name", "office__name", "worker__name"),
)


class TellUrgent(ForBoth, ApplicationPage, FormPage):
    """What cannot wait, at any time: before anything else is answered, and after it was sent."""

    template_name = "intake/tell_urgent.html"
    permission = Permission.APPLICATION_EDIT
    form_class = UrgentForm
    reads = ("child", "household__county", "office", "worker")

    def form_arguments(self) -> dict[str, Any]:
        contact = told.contact_of(self.application)
        return {"initial": {"phone": contact.phone}}

    def act(self, form: UrgentForm) -> HttpResponse:
        urgent_needs.tell(
            application=self.application,
            **form.cleaned_data,
            by=self.user,
            at=timezone.now(),
        )
        return redirect("intake:tell_urgent", number=self.application.number)

    def page(self, **more: Any) -> dict[str, Any]:
        call = call_for(self.application)
        toll_free = programs.get(self.application.program).toll_free
        return super().page(
            call=call,
            phone=call.phone if call else phone_of(self.application.office) or toll_free,
            **more,
        )


class Need(FormPage):
    """Whom to call, about what, in which language; and the line that says it is done."""

    policy, permission = URGENT_NEEDS, Permission.REFERRAL_WORK
    child_of, household_of = "application__child", "application__household"
    template_name = "intake/urgent_need.html"
    form_class: ClassVar[Any] = SpokeForm

    def rows(self) -> Any:
        return UrgentNeed.objects.select_related("application__child", "office", "worker")

    def act(self, form: Any) -> HttpResponse:
        urgent_needs.answer(
            need=self.object,
            **form.cleaned_data,
            by=self.user,
            at=timezone.now(),
        )
        notes.success(self.request, _("Kept. The task is done."))
        return redirect(self.object)

    def page(self, **more: Any) -> dict[str, Any]:
        application = self.object.application
        may_read = APPLICATIONS.allows(self.user, Permission.APPLICATION_REVIEW, application)
        more.setdefault("missed_form", MissedForm(initial={"phone": self.object.phone}))
        return super().page(
            need=self.object,
            calls=list(self.object.missed_calls.select_related("by")),
            is_late=self.object.is_late(programs.get(self.object.program).today()),
            contact=told.contact_of(application),
            application_url=_work_page(application) if may_read else "",
            **more,
        )


class NoteMissedCall(Need):
    """Keeps that nobody was reached; the need stays on top, with the next try ready to write down."""

    http_method_names = ["post", "options"]
    form_class = MissedForm

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(form=SpokeForm(), missed_form=more.pop("form"), **more)

    def act(self, form: Any) -> HttpResponse:
        try:
            urgent_needs.note_missed_call(
                need=self.object,
                **form.cleaned_data,
                by=self.user,
                at=timezone.now(),
            )
        except urgent_needs.AlreadyAnswered:
            notes.info(self.request, _("Somebody spoke with the family meanwhile."))
        else:
            notes.success(self.request, _("Kept. It stays on top until somebody speaks with them."))
        return redirect(self.object)


def _work_page(application: Any) -> str:
    page = "intake:phone" if application.is_draft else "intake:review"
    return reverse(page, args=[application.number])


def rows_of(user: Any) -> list[UrgentNeed]:
    """Return what is urgent within a person's reach, the longest waiting first."""
    within: Any = URGENT_NEEDS.rows(user, Permission.REFERRAL_VIEW)
    needs = within.open().with_missed_calls().most_urgent_first()
    return list(needs.select_related("application__child", "office", "worker").only(*COLUMNS))


def as_row(need: UrgentNeed) -> dict[str, Any]:
    """Return an urgent need as a row above a queue."""
    today = programs.get(need.program).today()
    day = _("today") if need.due_on == today else date_format(need.due_on, "SHORT_DATE_FORMAT")
    url = need.get_absolute_url()
    return {
        "urgent": True,
        "cells": [
            {"text": need.application.child.full_name, "url": url},
            {"text": "; ".join(need.kinds_in_words)},
            {"text": _("Late") if need.is_late(today) else day, "state": "late"},
            {"text": need.worker.name if need.worker else "", "hint": str(need.office)},
            {"text": _("Speak with them"), "url": url, "hint": _tried(need)},
        ],
    }


def _tried(need: Any) -> str:
    """Return how often nobody was reached, and when last; nothing before the first try."""
    if not need.times_missed:
        return ""
    zone = programs.get(need.program).timezone
    last = date_format(timezone.localtime(need.last_missed_at, zone), "SHORT_DATETIME_FORMAT")
    words = ngettext(
        "Tried %(times)d time, last %(last)s",
        "Tried %(times)d times, last %(last)s",
        need.times_missed,
    )
    return words % {"times": need.times_missed, "last": last}


def columns() -> list[str]:
    return [_("Child"), _("What cannot wait"), _("Speak by"), _("With"), _("Action")]
