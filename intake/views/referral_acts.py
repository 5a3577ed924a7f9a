"""What a worker does with a referral: tries, and the ways in which it ends."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.contrib import messages as notes
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cms_portal.access.roles import Permission
from cms_portal.access.views import FormPage
from intake.actions import referral_moves, referrals
from intake.forms.referrals import (
    AttemptForm,
    CloseForm,
    JoinForm,
    OfficeForm,
    PassOnForm,
)
from intake.models import Referral
from intake.policies import REFERRALS
from intake.states import WrongMove
from intake.views.referrals import ReferralPage, others_alike


class ReferralAct(FormPage):
    """A form about one referral; what somebody else did meanwhile is said, and changes nothing."""

    policy = REFERRALS
    permission = Permission.REFERRAL_WORK
    lookup = "number"
    template_name = "intake/referral_act.html"
    done: ClassVar[str]

    def rows(self) -> Any:
        return Referral.objects.select_related("office", "child")

    @property
    def referral(self) -> Referral:
        return self.object

    def page(self, **more: Any) -> dict[str, Any]:
        return {"referral": self.referral} | more

    def act(self, form: Any) -> HttpResponse:
        try:
            said = self.do(form.cleaned_data, by=self.user, at=timezone.now())
        except WrongMove:
            notes.error(self.request, _("Somebody closed this referral meanwhile."))
            return redirect(self.referral)
        notes.success(self.request, said)
        return redirect(self.where_next())

    def where_next(self) -> Any:
        return self.referral

    def do(self, told: dict[str, Any], *, by: Any, at: Any) -> str:
        raise AssertionError(f"{type(self).__name__} says what its form does in do()")


class LogAttempt(ReferralAct, ReferralPage):
    """Keep a try, on the referral's own page."""

    template_name = "intake/referral.html"
    form_class = AttemptForm
    permission = Permission.REFERRAL_WORK
    http_method_names = ["post", "options"]

    def rows(self) -> Any:
        return ReferralPage.rows(self)

    def page(self, **more: Any) -> dict[str, Any]:
        return ReferralPage.page(self, **more)

    def do(self, told: dict[str, Any], *, by: Any, at: Any) -> str:
        referral_moves.log_attempt(referral=self.referral, **told, by=by, at=at)
        return _("Kept.")


class HandOver(ReferralAct):
    """Give it to another office; whoever does may not see it any more, and goes back to the list."""

    form_class = OfficeForm

    def form_arguments(self) -> dict[str, Any]:
        return {"referral": self.referral}

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(button=_("Give it to this office"), **more)

    def do(self, told: dict[str, Any], *, by: Any, at: Any) -> str:
        referral_moves.hand_over(referral=self.referral, office=told["office"], by=by, at=at)
        return _("Given to {office}.").format(office=told["office"])

    def where_next(self) -> Any:
        return "intake:referrals"


class PassOn(ReferralAct):
    """Not ours: who helps instead?"""

    form_class = PassOnForm

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(heading=_("Not ours"), button=_("Close it as passed on"), **more)

    def do(self, told: dict[str, Any], *, by: Any, at: Any) -> str:
        referral_moves.pass_on(referral=self.referral, to=told["to"], by=by, at=at)
        return _("Closed: passed on.")


class Close(ReferralAct):
    """Close it with a coded reason."""

    form_class = CloseForm

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(heading=_("Close this referral"), button=_("Close it"), **more)

    def act(self, form: Any) -> HttpResponse:
        try:
            return super().act(form)
        except referral_moves.TriedTooLittle:
            form.add_error("reason", _("First go through all steps for a family not reached."))
            return self.answer(status=422, form=form)

    def do(self, told: dict[str, Any], *, by: Any, at: Any) -> str:
        referral_moves.close(referral=self.referral, **told, by=by, at=at)
        return _("Closed.")


class Join(ReferralAct):
    """Join it to an earlier referral about the same child."""

    form_class = JoinForm

    def form_arguments(self) -> dict[str, Any]:
        return {"others": self.others}

    @cached_property
    def others(self) -> list[Referral]:
        return others_alike(self.user, self.referral)

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(button=_("Join them"), **more)

    def do(self, told: dict[str, Any], *, by: Any, at: Any) -> str:
        to = next(other for other in self.others if other.number == told["to"])
        referrals.join(referral=self.referral, to=to, by=by, at=at)
        return _("Joined.")
