"""Keeping the offices of a program up to date."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import ActionView, FormPage, ObjectPage, PermittedPage
from cms_portal.offices import actions
from cms_portal.offices.forms import ClosureForm, HoursForm, OfficeForm
from cms_portal.offices.models import Closure, Office, OpeningHours
from cms_portal.offices.policies import CLOSURES, OFFICES
from cms_portal.offices.presenters import card

LATEST = 10


class OfficeList(PermittedPage):
    """Every office of one's programs, with what is still unknown about it."""

    permission = Permission.OFFICE_EDIT
    template_name = "offices/manage.html"

    def page(self, **more: Any) -> dict[str, Any]:
        offices = (
            OFFICES.rows(self.user, Permission.OFFICE_EDIT)
            .select_related("region", "county")
            .annotate(stretches=Count("hours"))
            .order_by("program", "region__name", "name")
        )
        return {"offices": offices, **more}


class _OfficePage(ObjectPage):
    """A page about one office. It is about no family, so looking at it is not kept."""

    policy, permission, child_of = OFFICES, Permission.OFFICE_EDIT, None

    def rows(self) -> QuerySet[Office]:
        return Office.objects.select_related("county", "region").prefetch_related(
            "hours", "closures"
        )

    def note_who_looked(self) -> None:
        pass


class ManageOffice(_OfficePage):
    """One office as staff keep it: what families read, what is doubtful, who changed what."""

    template_name = "offices/manage_office.html"

    def page(self, **more: Any) -> dict[str, Any]:
        office = self.object
        today = programs.get(office.program).today()
        return {
            "card": card(office, on=today),
            "closures": [row for row in office.closures.all() if row.ends_on >= today],
            "versions": _versions(office),
            **more,
        }


def _versions(office: Office) -> list[Any]:
    """Return the newest changes of an office, of its hours and of its closures."""
    kept = [
        office.history.all(),
        OpeningHours.history.filter(office=office),
        Closure.history.filter(office=office),
    ]
    newest = (
        rows.select_related("history_user").order_by("-history_date")[:LATEST] for rows in kept
    )
    return sorted(chain(*newest), key=lambda row: row.history_date, reverse=True)[:LATEST]


class _ChangeOffice(_OfficePage, FormPage):
    """A form about one office that goes back to it."""

    def page(self, **more: Any) -> dict[str, Any]:
        return {"office": self.object, **more}

    def done(self) -> HttpResponse:
        messages.success(self.request, _("Saved. Families see it now."))
        return redirect("offices:manage_office", pk=self.object.pk)


class CorrectOffice(_ChangeOffice):
    form_class, template_name = OfficeForm, "offices/correct.html"

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": self.object}

    def act(self, form: OfficeForm) -> HttpResponse:
        actions.correct(
            office=self.object,
            facts=form.facts(),
            by=self.user,
            reason=form.cleaned_data["reason"],
        )
        return self.done()


class SetHours(_ChangeOffice):
    form_class, template_name = HoursForm, "offices/hours.html"

    def form_arguments(self) -> dict[str, Any]:
        return {"office": self.object}

    def act(self, form: HoursForm) -> HttpResponse:
        actions.set_hours(
            office=self.object,
            week=form.week(),
            by=self.user,
            reason=form.cleaned_data["reason"],
        )
        return self.done()


class CloseOffice(_ChangeOffice):
    form_class, template_name = ClosureForm, "offices/close.html"

    def form_arguments(self) -> dict[str, Any]:
        return {"on": programs.get(self.object.program).today()}

    def act(self, form: ClosureForm) -> HttpResponse:
        actions.close(office=self.object, by=self.user, **form.cleaned_data)
        return self.done()


class TakeBackClosure(ActionView):
    """The button beside a closure that will not happen."""

    policy, permission, child_of = CLOSURES, Permission.OFFICE_EDIT, None

    def act(self, closure: Any) -> HttpResponse:
        office = actions.take_back(closure=closure, by=self.user)
        messages.success(self.request, _("Taken back. The office is not closed on those days."))
        return redirect("offices:manage_office", pk=office.pk)
