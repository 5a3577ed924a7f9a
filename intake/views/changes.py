"""Telling us about a change: the kinds, the form, the receipt, and the worker who looks at it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import FormPage, ObjectPage
from cms_portal.families.views.frames import ForBoth
from eligibility.program_folders import rulebooks
from eligibility.sentences import words
from intake.actions import changes
from intake.changes import ChangeKind, kind_of, kinds_of
from intake.forms.changing import ChangeForm, LookedAtForm
from intake.models import ChangeReport, ChangeState
from intake.policies import CHANGES
from intake.views.frames import ApplicationPage


class _SentApplicationPage(ForBoth, ApplicationPage):
    """Of what is not sent yet the answers themselves are changed."""

    permission = Permission.APPLICATION_SUBMIT
    reads = ("child", "household", "office", "worker")

    def rows(self) -> Any:
        return super().rows().sent()


class Kinds(_SentApplicationPage):
    """What kind of change is it? With its day, and what was told before."""

    template_name = "intake/changes.html"

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(
            kinds=kinds_of(self.application.program),
            told=[in_words(row) for row in self.application.change_reports.all()],
            **more,
        )


class Report(_SentApplicationPage, FormPage):
    """One change, in the family's words."""

    template_name = "intake/report_change.html"
    form_class = ChangeForm

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        kind = kind_of(self.application.program, kwargs["kind"])
        if kind is None:
            raise Http404
        self.kind = kind

    def form_arguments(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "on": programs.get(self.application.program).today(),
            "by_staff": self.user.is_staff_member,
        }

    def act(self, form: Any) -> HttpResponse:
        row = changes.report(
            application=self.application,
            kind=self.kind,
            **form.cleaned_data,
            by=self.user,
            at=timezone.now(),
        )
        return redirect("intake:change", pk=row.pk)

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(kind=self.kind, source=_source(self.kind), **more)


def _source(kind: ChangeKind) -> str:
    return words(rulebooks()[kind.program].sources[kind.source].name)


def in_words(row: ChangeReport) -> dict[str, Any]:
    """Return a change as a page tells it; of a kind that has left the folder since, its key."""
    kind = kind_of(row.program, row.kind)
    return {"row": row, "kind": kind, "name": kind.name if kind else row.kind}


class Change(ForBoth, ObjectPage):
    """The receipt of the family; for staff, what was told and whether it was late."""

    policy, permission = CHANGES, Permission.APPLICATION_VIEW
    child_of, household_of = "application__child", "application__household"
    template_name = "intake/change.html"

    def rows(self) -> Any:
        return ChangeReport.objects.select_related(
            "application__child", "application__household", "looked_by", "reported_by"
        )

    def page(self, **more: Any) -> dict[str, Any]:
        row: ChangeReport = self.object
        is_staff = self.user.is_staff_member
        may_look = is_staff and row.state == ChangeState.NEW
        may_look = may_look and self.may(Permission.APPLICATION_REVIEW)
        home = (
            reverse("families:household_record", args=[row.application.household_id])
            if is_staff
            else reverse("families:household")
        )
        told = {"form": LookedAtForm() if may_look else None}
        return super().page(
            **in_words(row), is_staff=is_staff, may_look=may_look, home=home, **(told | more)
        )


class LookAt(Change):
    """A worker says what they did about it."""

    permission = Permission.APPLICATION_REVIEW
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = LookedAtForm(request.POST)
        if not form.is_valid():
            self.note_who_looked()
            return self.answer(status=422, form=form)
        changes.look_at(
            row=self.object,
            done=form.cleaned_data["done"],
            by=self.user,
            at=timezone.now(),
        )
        notes.success(request, _("Kept. The task is done."))
        return redirect("intake:change", pk=self.object.pk)
