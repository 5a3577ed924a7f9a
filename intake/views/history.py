"""What happened to an application, in sentences, and who looked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from cms_portal.access.roles import Permission
from cms_portal.access.views import PermittedPage
from cms_portal.audit.actions import note_access_to_told
from cms_portal.audit.timeline import entries, folded
from cms_portal.ui.paging import Onward
from eligibility.models import Countersignature, Determination, ServiceDecision
from intake.forms.review import NumberForm
from intake.models import Application, Death, Evidence, MissedCall
from intake.policies import APPLICATIONS
from intake.views.frames import ApplicationPage

ROWS_PER_PAGE = 50


class ApplicationHistory(ApplicationPage):
    """For those who supervise: who, what, from, to, why, when; and who looked."""

    template_name = "intake/history.html"
    permission = Permission.APPLICATION_HISTORY

    def page(self, **more: Any) -> dict[str, Any]:
        helpers = _helpers_called(self.application)
        told = entries(_rows(self.application), self.user, called=helpers)
        return super().page(
            happened=[entry for entry in told if not entry.is_look],
            looks=folded(entry for entry in told if entry.is_look),
            back=self._back(),
            **more,
        )

    def _back(self) -> str:
        """Return where a supervisor came from; who reads histories alone came from their list."""
        may_review = APPLICATIONS.allows(self.user, Permission.APPLICATION_REVIEW, self.application)
        if may_review:
            return reverse("intake:review", args=[self.application.number])
        return reverse("intake:histories")


class Histories(PermittedPage):
    """The applications whose history somebody may read, the newest first, or the one with a number."""

    template_name = "intake/histories.html"
    permission = Permission.APPLICATION_HISTORY

    def page(self, **more: Any) -> dict[str, Any]:
        form = NumberForm(self.request.GET if "number" in self.request.GET else None)
        found = APPLICATIONS.rows(self.user, Permission.APPLICATION_HISTORY).select_related("child")
        if form.is_valid() and (number := form.cleaned_data["number"]):
            found = found.filter(number=number)
        newest = Onward(found.order_by("-started_at", "-pk"), ROWS_PER_PAGE)
        page_obj = newest.get_page(self.request.GET.get("page"))
        note_access_to_told(by=self.user, page="intake:histories", rows=page_obj)
        return {
            "form": form,
            "page_obj": page_obj,
            "columns": [_("Number"), _("Child"), _("Where it stands"), _("Who looked")],
            "rows": [_line(application) for application in page_obj],
        } | more


def _line(application: Application) -> dict[str, Any]:
    history = reverse("intake:history", args=[application.number])
    looks = reverse("families:who_looked", args=[application.child_id])
    return {
        "cells": [
            {"text": application.number, "url": history},
            {"text": application.child.full_name},
            {"text": application.get_status_display()},
            {"text": _("Who looked"), "url": looks},
        ]
    }


def _helpers_called(application: Application) -> dict[int, str]:
    """Return how whoever helps, or has helped, is called: what they wrote was not the family's own hand."""
    return {
        row.user_id: _("%(name)s (helps the family)") % {"name": row.user}
        for row in application.helpers.select_related("user")
    }


def _rows(application: Application) -> Iterator[models.Model]:
    yield application
    yield application.assessment
    yield from application.answered_pages.all()
    yield from application.assessment.conditions.all()
    yield from application.assessment.income.all()
    yield from application.assessment.assets.all()
    yield from application.helpers.select_related("user")
    yield from application.help_invitations.all()
    yield from application.condition_reviews.all()
    yield from application.referrals.all()
    yield from application.change_reports.all()
    yield from application.urgent_needs.select_related("office", "worker")
    yield from MissedCall.objects.filter(need__application=application)
    yield from application.visits.select_related("office", "worker")
    yield from application.conversations.all()
    if hasattr(application, "signature"):
        yield application.signature
    yield from application.information_requests.all()
    yield from Evidence.objects.of(application).order_by("pk")
    yield from application.notices.all()
    yield from _reviews(application)
    yield from application.filings.all()
    yield from application.enrollments.all()
    yield from Death.objects.filter(child=application.child)
    case = application.case_key
    yield from Determination.objects.filter(case_key=case)
    yield from ServiceDecision.objects.filter(case_key=case).select_related("determination")
    yield from Countersignature.objects.filter(decision__case_key=case).select_related(
        "decision__determination"
    )


def _reviews(application: Application) -> Iterator[models.Model]:
    """Yield the reviews of what was refused, with all that belongs to each."""
    for appeal in application.appeals.all():
        yield appeal
        yield from appeal.services.select_related("decision__determination")
        yield from appeal.seats.select_related("member")
        for rows in (appeal.questions, appeal.parts, appeal.evidence, appeal.packs):
            yield from rows.all()
