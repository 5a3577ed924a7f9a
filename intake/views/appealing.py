"""A review as the family sees it: asking, its receipt, adding to it, taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.access.roles import Permission
from cms_portal.access.views import FormPage, ObjectPage
from cms_portal.families.views.frames import ForBoth
from eligibility.catalogue import service_name
from eligibility.models import ServiceDecision
from intake.actions import appeals
from intake.appeal_states import AppealState
from intake.appealing import asks_about_all, open_appeal, refusals_of, ways_to_ask
from intake.forms.appeals import AddForm, AskForm, WithdrawForm, WriteDownForm
from intake.models import Appeal, Notice
from intake.policies import APPEALS
from intake.states import WrongMove
from intake.told import mailing_address
from intake.views.frames import ApplicationPage, GivingPage


class AskForReview(ForBoth, ApplicationPage, FormPage):
    """A family asks that others look again; a worker writes down what came on paper."""

    permission = Permission.APPLICATION_SUBMIT
    template_name = "intake/appeal_ask.html"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        notices = self.application.notices.select_related("message")
        notice = notices.filter(pk=kwargs["notice"]).first()
        if notice is None:
            raise Http404
        notice.application = self.application
        self.notice: Notice = notice

    @property
    def is_staff(self) -> bool:
        return bool(self.user.is_staff_member)

    @property
    def form_class(self) -> Any:
        return WriteDownForm if self.is_staff else AskForm

    @cached_property
    def refused(self) -> list[ServiceDecision]:
        return refusals_of(self.notice)

    @cached_property
    def today(self) -> date:
        return programs.get(self.application.program).today()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        already = open_appeal(self.notice)
        if already is not None and not self.is_staff and asks_about_all(already, self.refused):
            return redirect(already)
        return self.answer(form=self.make_form()) if self.refused else self._nothing()

    def _nothing(self) -> HttpResponse:
        notes.info(self.request, _("Here is no decision that can be looked at again."))
        page = "intake:review" if self.is_staff else "intake:decision"
        return redirect(page, number=self.application.number)

    def form_arguments(self) -> dict[str, Any]:
        program = self.application.program
        asked = [(one.pk, service_name(program, one.service)) for one in self.refused]
        if self.is_staff:
            return {
                "services": asked,
                "ways": ways_to_ask(program),
                "earliest": self.notice.sent_on,
                "on": self.today,
            }
        return {"services": asked, "initial": self._known()}

    def _known(self) -> dict[str, str]:
        """How this adult is reached, as they told us; they may write something else."""
        home = self.application.household.guardians.filter(user=self.user)
        guardian, address = home.first(), mailing_address(self.application)
        if guardian is None:
            return {}
        return {
            "name": f"{guardian.first_name} {guardian.last_name}",
            "address": ", ".join(address.lines) if address else "",
            "phones": guardian.phone.as_national if guardian.phone else "",
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.refused:
            return self._nothing()
        form = self.make_form()
        if form.is_valid() or form.keeps_good_files():
            return self.act(form)
        self.note_who_looked()
        return self.answer(status=422, form=form)

    def act(self, form: Any) -> HttpResponse:
        """Keep the request and the good files; a bad file costs nobody a day."""
        told: dict[str, Any] = {"received_on": self.today} | form.cleaned_data
        told.pop("papers", None)
        decisions = told.pop("services")
        already = open_appeal(self.notice)
        try:
            appeal = appeals.ask(
                notice=self.notice,
                decisions=decisions,
                request=appeals.Request(**told),
                files=form.accepted,
                by=self.user,
                at=timezone.now(),
            )
        except appeals.NothingToReview:
            return self._nothing()
        if already is not None:
            notes.info(self.request, _("You had asked already. What came now was added to it."))
        if not form.errors:
            return redirect(appeal)
        notes.success(self.request, _("We have your request. Send what did not come along here."))
        for fault in form.errors["papers"]:
            notes.error(self.request, fault)
        return redirect("intake:appeal_add", appeal.number)

    def page(self, **more: Any) -> dict[str, Any]:
        last = self.notice.review_by
        return super().page(
            notice=self.notice,
            last_day=last,
            is_over=last is not None and last < self.today,
            kind=programs.get(self.application.program).review_kind,
            is_staff=self.is_staff,
            already=open_appeal(self.notice),
            **more,
        )


def state_tag(appeal: Appeal) -> str:
    """Return how the status tag draws where a review stands."""
    return {
        AppealState.REQUESTED: "now",
        AppealState.SCREENED: "now",
        AppealState.UNDER_REVIEW: "now",
        AppealState.INFO_REQUESTED: "waiting",
        AppealState.DECIDED: "done",
    }.get(AppealState(appeal.state), "closed")


def shown_appeals(appeals: Iterable[Appeal]) -> list[dict[str, Any]]:
    """Return reviews, each with how its status tag is drawn."""
    return [{"appeal": one, "state": state_tag(one)} for one in appeals]


class AppealPage(ObjectPage):
    """A page about one review, found by its number."""

    policy, permission = APPEALS, Permission.APPEAL_VIEW
    lookup = "number"
    child_of, household_of = "application__child", "application__household"

    reads: ClassVar[tuple[str, ...]] = (
        "application__child",
        "application__household",
        "notice__message",
    )
    """What the page reads along with the review."""

    def rows(self) -> Any:
        return Appeal.objects.select_related(*self.reads)

    @property
    def appeal(self) -> Appeal:
        return self.object

    @property
    def is_staff(self) -> bool:
        return bool(self.user.is_staff_member)

    def page(self, **more: Any) -> dict[str, Any]:
        self.appeal.notice.application = self.appeal.application
        return super().page(
            appeal=self.appeal,
            application=self.appeal.application,
            is_staff=self.is_staff,
            services=_services(self.appeal),
            question=self.appeal.questions.last(),
            **more,
        )

    def over(self) -> HttpResponse:
        notes.error(
            self.request, _("This review was decided or taken back meanwhile. Nothing was changed.")
        )
        return redirect(self.appeal)


def _services(appeal: Appeal) -> list[dict[str, Any]]:
    rows = appeal.services.select_related("decision")
    return [
        {"row": row, "name": service_name(appeal.program, row.decision.service)} for row in rows
    ]


class AddToReview(GivingPage, AppealPage):
    """The family sends what was asked for, or something more; a worker keeps what came on paper."""

    template_name = "intake/appeal_add.html"
    form_class = AddForm

    def act(self, form: AddForm) -> HttpResponse:
        try:
            appeals.add(
                appeal=self.appeal,
                words=form.cleaned_data.get("words", ""),
                files=form.accepted,
                by=self.user,
                at=timezone.now(),
            )
        except appeals.AppealOver:
            return self.over()
        if form.errors:
            self.note_who_looked()
            return self.answer(status=422, form=form)
        notes.success(self.request, _("We have it. The people who look at it again will see it."))
        return redirect(self.appeal)


class WithdrawReview(ForBoth, AppealPage, FormPage):
    """The family takes its request back; a worker keeps that it did."""

    permission = Permission.APPLICATION_SUBMIT
    template_name = "intake/appeal_withdraw.html"
    form_class = WithdrawForm

    def form_arguments(self) -> dict[str, Any]:
        return {"by_staff": self.is_staff}

    def act(self, form: Any) -> HttpResponse:
        try:
            appeals.withdraw(
                appeal=self.appeal,
                words=form.cleaned_data["words"],
                by=self.user,
                at=timezone.now(),
            )
        except WrongMove:
            return self.over()
        return redirect(self.appeal)
