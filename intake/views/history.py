"""What happened to an application, in sentences, and who looked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from cms_portal.access.roles import Permission
from cms_portal.audit.timeline import entries, folded
from eligibility.models import Countersignature, Determination, ServiceDecision
from intake.models import Application
from intake.views.frames import ApplicationPage


class ApplicationHistory(ApplicationPage):
    """For those who supervise: who, what, from, to, why, when; and who looked."""

    template_name = "intake/history.html"
    permission = Permission.APPLICATION_HISTORY

    def page(self, **more: Any) -> dict[str, Any]:
        told = entries(_rows(self.application), self.request.user)
        return super().page(
            happened=[entry for entry in told if not entry.is_look],
            looks=folded(entry for entry in told if entry.is_look),
            **more,
        )


def _rows(application: Application) -> Iterator[models.Model]:
    yield application
    yield application.assessment
    yield from application.assessment.conditions.all()
    yield from application.assessment.income.all()
    yield from application.helpers.select_related("user")
    if hasattr(application, "signature"):
        yield application.signature
    case = application.case_key
    yield from Determination.objects.filter(case_key=case)
    yield from ServiceDecision.objects.filter(case_key=case).select_related("determination")
    yield from Countersignature.objects.filter(decision__case_key=case).select_related(
        "decision__determination"
    )
