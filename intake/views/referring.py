"""Referring a child: one public page, and the receipt for whoever did."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from cms_portal.access.models import LinkPurpose
from cms_portal.access.views import LinkPage, PublicPage
from cms_portal.accounts.actions import system_user
from cms_portal.accounts.models import User
from cms_portal.offices import places
from cms_portal.offices.models import County
from cms_portal.programs import Program
from cms_portal.welcome import limits
from intake import news
from intake.actions import referrals
from intake.forms.referring import NewbornReferForm, NumberForm, ReferForm
from intake.models import Referral
from intake.referral_receipts import Told, told_to_referrer
from intake.referral_words import agreement

TOO_MANY = 429


@method_decorator(never_cache, name="dispatch")
class Refer(PublicPage):
    """The form; the answer is the same whether we know the child or not.

    The answer comes without a detour by another address, so that the link in it is kept nowhere; the
    same page sent again finds the same referral, and is answered with a new link to it.
    """

    template_name = "intake/refer.html"
    form_class: ClassVar[type[ReferForm]] = ReferForm
    is_newborn: ClassVar[bool] = False

    def form(self, data: Any = None) -> ReferForm:
        assert self.program
        language = "es" if get_language() == "es" else "en"
        return self.form_class(
            data, program=self.program, language=language, on=self.program.today()
        )

    def page(self, **more: Any) -> dict[str, Any]:
        assert self.program
        words = agreement(self.program)
        return {"is_newborn": self.is_newborn, "agreement": words} | more

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.answer(form=self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.answer(status=422, form=form)
        if limits.is_too_much(request, "referral"):
            return self.answer(status=TOO_MANY, form=form, too_many=True)
        return self._receipt(form, timezone.now())

    def _receipt(self, form: ReferForm, now: datetime) -> HttpResponse:
        assert self.program
        by, told = self._written_by(), form.facts()
        told["county"] = told["county"] or county_of(told["zip_code"], self.program)
        referral = referrals.receive(
            program=self.program.code,
            start_key=form.cleaned_data["start_key"],
            at=now,
            by=by,
            **told,
        )
        token = news.make_link(referral, by=by, at=now)
        news.send_receipt(referral, token, by=by)
        return TemplateResponse(
            self.request,
            "intake/referred.html",
            {
                "referral": referral,
                "link": news.receipt_address(token),
                "is_newborn": self.is_newborn,
            },
        )

    def _written_by(self) -> User:
        """Return the worker who writes down what somebody says by phone; of others, the portal."""
        user = self.user
        if user.is_authenticated and user.is_staff_member:
            return user
        return system_user()


class ReferNewborn(Refer):
    """The same for newborn hearing and blood test programs, which may refer before the family agreed."""

    form_class = NewbornReferForm
    is_newborn = True


def county_of(zip_code: str, program: Program) -> County | None:
    """Return the county of a ZIP code of the program's state, if it is one."""
    place = places.of_zip(zip_code[:5]) if zip_code else None
    if place is None or place.state != program.state:
        return None
    folded = places.fold(place.county)
    counties = County.objects.filter(program=program.code)
    return next((county for county in counties if places.fold(county.name) == folded), None)


class ReferralReceipt(LinkPage):
    """That it arrived, and in one word what became of it; no name, nothing of health."""

    template_name = "intake/referral_receipt.html"
    purpose = LinkPurpose.RECEIPT
    # The address is the key: it is not remembered as the answer to a page that was sent.
    acts_once = False
    object: Referral

    def page(self, **more: Any) -> dict[str, Any]:
        told = told_to_referrer(self.object)
        return {
            "number": self.object.number,
            "received_at": self.object.received_at,
            "told": told,
            "asks_for_number": told == Told.NOT_REACHED,
            "has_added": "added" in self.request.GET,
            "form": NumberForm(),
        } | more

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = NumberForm(request.POST)
        if not form.is_valid():
            return self.answer(status=422, form=form)
        if limits.is_too_much(request, "referral_number"):
            return self.answer(status=TOO_MANY, form=form, too_many=True)
        referrals.add_number(
            referral=self.object,
            phone=form.cleaned_data["phone"],
            by=system_user(),
            at=timezone.now(),
        )
        return redirect(f"{request.path}?added=1")
