"""What a family reads after sending: the receipt, and the decision."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import ActionView
from intake.actions import applications
from intake.cases import service_cases
from intake.models import Application
from intake.views.frames import ApplicationPage


class Receipt(ApplicationPage):
    """What was sent, when we answer, and who answers for it."""

    template_name = "intake/receipt.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.application.is_draft:
            return redirect(self.application)
        return self.answer()

    def page(self, **more: Any) -> dict[str, Any]:
        program = programs.get(self.application.program)
        office = self.application.office
        phone = getattr(office.phone, "as_national", "") if office and office.phone else ""
        return super().page(phone=phone or program.toll_free, **more)


class Withdraw(ApplicationPage, ActionView):
    """A family may take its application back at any time."""

    permission = Permission.APPLICATION_SUBMIT
    http_method_names = ["get", "post", "options"]
    template_name = "intake/withdraw.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer()

    def act(self, application: Application) -> HttpResponse:
        if application.is_open:
            applications.withdraw(
                application=application,
                by=self.request.user,  # type: ignore[arg-type]
                at=timezone.now(),
                reason="withdrawn by the family",
            )
        return redirect("intake:receipt", number=application.number)


class FamilyDecision(ApplicationPage):
    """What was decided for each service, and why, for the family."""

    template_name = "intake/decision.html"
    permission = Permission.DECISION_VIEW

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.application.decided_at is None:
            return redirect("intake:receipt", number=self.application.number)
        return self.answer()

    def page(self, **more: Any) -> dict[str, Any]:
        cases = [case for case in service_cases(self.application) if case.decision]
        return super().page(
            yes=[case for case in cases if case.outcome == "available"],
            no=[case for case in cases if case.outcome == "not_available"],
            **more,
        )
