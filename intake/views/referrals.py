"""The referrals of an office, one of them in full, and the callers who only ask."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import ObjectPage, PermittedPage
from cms_portal.audit.actions import note_access_to_many, note_access_to_told
from cms_portal.audit.timeline import entries, folded
from cms_portal.offices.models import Office
from cms_portal.ui.drawing import table_rows
from intake import routing
from intake.actions.information import log_information
from intake.forms.referrals import AttemptForm, InformationForm
from intake.models import Referral
from intake.no_contact import steps
from intake.policies import REFERRALS
from intake.referral_rows import Rows, facts, how_it_ended
from intake.urgency import Urgency
from intake.views import urgent

ROWS_PER_PAGE = 100
MOST_ALIKE = 5


class ReferralList(PermittedPage):
    """Families to speak with, what cannot wait on top, then by the day due."""

    template_name = "intake/referrals.html"
    permission = Permission.REFERRAL_VIEW

    def page(self, **more: Any) -> dict[str, Any]:
        in_work = (
            REFERRALS.rows(self.user, Permission.REFERRAL_VIEW)
            .in_work()  # type: ignore[attr-defined]
            .select_related("office", "worker", "child")
            .most_urgent_first()
        )
        page_obj = Paginator(in_work, ROWS_PER_PAGE).get_page(self.request.GET.get("page"))
        shown = list(page_obj)
        note_access_to_many(
            by=self.user,
            page="intake:referrals",
            children=[referral.child for referral in shown if referral.child],
        )
        needs = urgent.rows_of(self.user)
        note_access_to_told(
            by=self.user,
            page="intake:referrals",
            rows=[need.application for need in needs],
        )
        row = Rows().row
        return {
            "page_obj": page_obj,
            "columns": [
                _("Child"),
                _("First contact by"),
                _("Why"),
                _("Waiting"),
                _("With"),
                _("Action"),
            ],
            "urgent_columns": urgent.columns(),
            "urgent_rows": [urgent.as_row(need) for need in needs],
            "rows": table_rows([row(referral) for referral in shown]),
            "takes_for": [programs.get(code) for code in self.user.programs()],
            "form": self.make_form() if self.grant else None,
        } | more

    @cached_property
    def grant(self) -> Any:
        """The grant by which this worker answers callers: the first, where there are several."""
        grants = (grant for grant, _scope in self.user.grants_for(Permission.REFERRAL_WORK))
        return next(grants, None)

    def make_form(self, data: Any = None) -> InformationForm:
        return InformationForm(data, program=self.grant.program, initial={"spoken_language": "en"})


class LogInformation(ReferralList):
    """A caller who only wanted to know something: one line, no case."""

    permission = Permission.REFERRAL_WORK
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.answer(status=422, form=form)
        log_information(
            **form.cleaned_data,
            office=self._office(),
            on=programs.get(self.grant.program).today(),
            by=self.user,
        )
        notes.success(request, _("Kept. No name and no case."))
        return redirect("intake:referrals")

    def _office(self) -> Office:
        office: Office | None = self.grant.office
        return office or routing.office_in(self.grant.region, self.grant.program)


class ReferralPage(ObjectPage):
    """One referral: its facts, what was tried, and what can be done now."""

    template_name = "intake/referral.html"
    policy = REFERRALS
    permission = Permission.REFERRAL_VIEW
    lookup = "number"

    def rows(self) -> Any:
        return Referral.objects.select_related("office", "worker", "child")

    @property
    def referral(self) -> Referral:
        return self.object

    def page(self, **more: Any) -> dict[str, Any]:
        referral, program = self.referral, programs.get(self.referral.program)
        attempts = list(referral.attempts.select_related("by"))
        joined = list(referral.joined.prefetch_related("numbers").order_by("received_at"))
        numbers = list(referral.numbers.all())
        told = entries([referral, *attempts, *numbers], self.user)
        return {
            "referral": referral,
            "facts": facts(referral, program.today()),
            "why_urgent": Urgency(referral.urgency).label if referral.urgency else "",
            "ended": how_it_ended(referral),
            "attempts": attempts,
            "joined": joined,
            "numbers": [*numbers, *(n for one in joined for n in one.numbers.all())],
            "steps": steps(attempts, program),
            "alike": others_alike(self.user, referral) if referral.is_waiting else [],
            "may_work": referral.is_open and self.may(Permission.REFERRAL_WORK),
            "happened": [entry for entry in told if not entry.is_look],
            "looks": folded(entry for entry in told if entry.is_look),
            "form": AttemptForm(),
        } | more


def others_alike(user: Any, referral: Referral) -> list[Referral]:
    """Return other open referrals in reach that may be about the same child."""
    others = (
        REFERRALS.rows(user, Permission.REFERRAL_WORK)
        .open()  # type: ignore[attr-defined]
        .filter(program=referral.program)
        .exclude(pk=referral.pk)
    )
    return list(others.looking_like(referral).order_by("received_at", "pk")[:MOST_ALIKE])
