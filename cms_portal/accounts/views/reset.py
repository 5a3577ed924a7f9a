"""A forgotten PIN: two proofs that do not come from the same place, then a new one.

A phone number alone never opens an account, because its next owner, or a former partner, may hold it.
"""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.accounts import actions, codes, devices, identifiers, letters, proofs
from cms_portal.accounts.forms.proofs import CodeForm, NewPinForm, ResetForm
from cms_portal.accounts.identifiers import Identifier
from cms_portal.accounts.models import Channel, Purpose, User
from cms_portal.accounts.proofs import Means, Proof, Refusal
from cms_portal.accounts.views.base import InSteps, OpenProofPage
from cms_portal.accounts.views.sign_in import REFUSALS, is_signed_in, say_whether_sent


class ResetPage(InSteps, OpenProofPage):
    """One of the four pages."""

    kept_as = "pin_reset"
    needs: int = 0
    """How many proofs must have been given."""

    def instead(self) -> HttpResponse | None:
        if is_signed_in(self.request):
            return redirect(settings.LOGIN_REDIRECT_URL)
        if not self.state:
            return redirect("account_reset_password")
        return redirect("account_reset_code") if len(self.proven) < self.needs else None

    @property
    def proven(self) -> list[str]:
        return self.state.get("proven", [])

    @property
    def person(self) -> User | None:
        """The account, while it is open; None also when there never was one."""
        return identifiers.account_of(self.identifier, programs.day_everywhere())

    def send(self, identifier: Identifier, channel: str) -> bool:
        person = self.person
        code = codes.ask_for(
            self.request,
            purpose=Purpose.RESET,
            identifier=identifier,
            user=person,
            channel=channel,
            device=devices.known_to(self.request, person),
        )
        is_short = code is not None and not code.selector
        self.remember(code_id=code.pk if code and is_short else None, is_long=not is_short)
        return code is not None

    def look_at(self, form: CodeForm, identifier: Identifier) -> Proof | Refusal:
        return proofs.code(
            self.request,
            form.cleaned_data["code"],
            identifier=identifier,
            user=self.person,
            code_id=self.state.get("code_id"),
            device=devices.known_to(self.request, self.person),
        )


class Reset(ResetPage):
    template_name = "accounts/reset.html"
    form_class = ResetForm

    def instead(self) -> HttpResponse | None:
        return redirect(settings.LOGIN_REDIRECT_URL) if is_signed_in(self.request) else None

    def act(self, form: ResetForm) -> HttpResponse:
        identifier, channel = form.cleaned_data["identifier"], form.cleaned_data["channel"]
        self.begin(identifier, channel, proven=[])
        if identifier.can_be_written_to:
            self.send(identifier, channel)
        return redirect("account_reset_code")


class ResetCode(ResetPage):
    """First proof: a code sent to where they said, or one of a card or an app."""

    template_name = "accounts/code.html"
    form_class = CodeForm

    def page(self, **more: Any) -> dict[str, Any]:
        return {
            "identifier": self.identifier,
            "channel": self.state["channel"],
            "is_long": self.state.get("is_long"),
            "back_url": reverse("account_reset_password"),
        } | more

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        channel = request.POST.get("send_again")
        if channel and self.identifier.can_be_written_to:
            say_whether_sent(request, self.send(self.identifier, channel))
            return redirect("account_reset_code")
        return super().post(request, **kwargs)

    def act(self, form: CodeForm) -> HttpResponse:
        proof = self.look_at(form, self.identifier)
        if isinstance(proof, Refusal):
            if proof == Refusal.TOO_MANY and self.identifier.can_be_written_to:
                self.send(self.identifier, self.state["channel"])
            return self.refuse(form, "code", REFUSALS[proof])
        self.remember(proven=[proof.means], code_id=None, sent_to=None)
        return redirect("account_reset_second")


class ResetSecond(ResetPage):
    """Second proof, from another place. Says the same whatever the account has."""

    template_name = "accounts/reset_second.html"
    form_class = CodeForm
    needs = 1

    def page(self, **more: Any) -> dict[str, Any]:
        first = self.proven[0]
        return {
            "offers_email": first != Means.EMAIL,
            "offers_phone": first != Means.PHONE,
            "offers_card": first != Means.CARD,
            "offers_app": first != Means.APP,
            "sent_to": self.state.get("sent_to"),
        } | more

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if channel := request.POST.get("send_again"):
            return self.send_to_other_address(channel)
        return super().post(request, **kwargs)

    def send_to_other_address(self, channel: str) -> HttpResponse:
        other = self.other_address(channel)
        if other is not None:
            self.send(other, channel)
        self.remember(sent_to=channel if channel in Channel.values else Channel.EMAIL)
        return redirect("account_reset_second")

    def other_address(self, channel: str) -> Identifier | None:
        """Return the account's email or phone, unless that was the first proof."""
        if self.person is None:
            return None
        if channel == Channel.EMAIL:
            return identifiers.of_email(self.person) if Means.EMAIL not in self.proven else None
        return identifiers.of_phone(self.person) if Means.PHONE not in self.proven else None

    def act(self, form: CodeForm) -> HttpResponse:
        other = self.other_address(self.state.get("sent_to") or "")
        proof = self.look_at(form, other or self.identifier)
        if isinstance(proof, Refusal):
            return self.refuse(form, "code", REFUSALS[proof])
        if proof.means in self.proven:
            return self.refuse(form, "code", _("This is the same proof again. Use another one."))
        self.remember(proven=[*self.proven, proof.means])
        return redirect("account_reset_new")


class ResetNew(ResetPage):
    template_name = "accounts/reset_new.html"
    needs = 2

    def make_form(self) -> NewPinForm:
        posted = self.request.POST if self.request.method == "POST" else None
        return NewPinForm(posted, user=self.person)

    def act(self, form: NewPinForm) -> HttpResponse:
        person, proven = self.person, self.proven
        self.forget()
        if person is None:
            return redirect("account_reset_password")
        actions.set_pin(
            user=person, pin=form.cleaned_data["pin"], by=person, reason="PIN chosen anew"
        )
        letters.tell(person, "pin_changed")
        for means in proven:
            record_authentication(self.request, person, method="code", by=means)
        return perform_login(self.request, Login(user=person))
