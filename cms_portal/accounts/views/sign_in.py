"""Signing in: who you are, a code, your PIN."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.stagekit import stash_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.accounts import actions, devices, identifiers, proofs, stages
from cms_portal.accounts.forms.proofs import (
    CodeForm,
    NewPinForm,
    PinForm,
    SignInForm,
    StaffSignInForm,
)
from cms_portal.accounts.models import PaperCard, User
from cms_portal.accounts.proofs import Refusal
from cms_portal.accounts.views.base import OpenProofPage

REFUSALS = {
    Refusal.SHAPE: _("A code has 6 digits, or 12 if it is on a card. Check it and type it again."),
    Refusal.WRONG: _("This code is not right. Check it and type it again."),
    Refusal.USED: _("This code was just used. If that was you, open the next page."),
    Refusal.TOO_MANY: _(
        "There were too many wrong codes. For your safety, use a code with 12 digits now."
    ),
}
NOT_RIGHT = _("This is not right. Check it and type it again.")
TOO_MANY_PINS = _("There were too many wrong tries. Wait an hour, or use another way below.")


class SignIn(OpenProofPage):
    template_name = "accounts/sign_in.html"
    form_class = SignInForm

    def instead(self) -> HttpResponse | None:
        return redirect(settings.LOGIN_REDIRECT_URL) if is_signed_in(self.request) else None

    def page(self, **more: Any) -> dict[str, Any]:
        return {"next": self.next_url()} | more

    def act(self, form: SignInForm) -> HttpResponse:
        identifier = form.cleaned_data["identifier"]
        note_shared_computer(self.request, form.cleaned_data["is_shared_computer"])
        return stages.begin(
            self.request,
            identifier=identifier,
            user=identifiers.account_of(identifier, programs.day_everywhere()),
            channel=form.cleaned_data["channel"],
            redirect_url=self.next_url(),
        )


@method_decorator(login_stage_required(stages.CodeStage.key, "account_login"), name="dispatch")
class TypeCode(OpenProofPage):
    """Takes a code: ours, a card's, or an authenticator app's."""

    template_name = "accounts/code.html"
    form_class = CodeForm

    @property
    def stage(self) -> stages.CodeStage:
        return self.request._login_stage  # type: ignore[attr-defined]

    def page(self, **more: Any) -> dict[str, Any]:
        return {
            "identifier": self.stage.identifier,
            "channel": self.stage.state["channel"],
            "is_long": self.stage.state.get("is_long"),
            "back_url": self._with_next("account_login"),
            "sign_up_url": self._with_next("account_signup"),
        } | more

    def _with_next(self, name: str) -> str:
        """Return a page from which one still comes to where one was going."""
        going_to = self.stage.login.redirect_url
        return f"{reverse(name)}?{urlencode({'next': going_to})}" if going_to else reverse(name)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if channel := request.POST.get("send_again"):
            return self.send_again(channel)
        return super().post(request, **kwargs)

    def send_again(self, channel: str) -> HttpResponse:
        sent = self.stage.ask_for_code(channel)
        stash_login(self.request, self.stage.login)
        say_whether_sent(self.request, sent is not None)
        return redirect("account_confirm_login_code")

    def act(self, form: CodeForm) -> HttpResponse:
        stage, login = self.stage, self.stage.login
        proof = proofs.code(
            self.request,
            form.cleaned_data["code"],
            identifier=stage.identifier,
            user=login.user,
            code_id=stage.state.get("code_id"),
            device=stage.device,
        )
        if isinstance(proof, Refusal):
            return self.refuse_code(form, proof)
        login.state[stages.PROOF] = {
            "means": proof.means,
            "card": proof.card.pk if proof.card else None,
        }
        record_authentication(self.request, login.user, method="code", by=proof.means)
        return stage.exit()

    def refuse_code(self, form: CodeForm, why: Refusal) -> HttpResponse:
        if why == Refusal.TOO_MANY and not self.stage.state.get("is_long"):
            self.stage.ask_for_code()
            stash_login(self.request, self.stage.login)
        used = {"next_page": "account_pin"} if why == Refusal.USED else {}
        form.add_error("code", REFUSALS[why])
        return self.answer(form, status=422, **used)


@method_decorator(login_stage_required(stages.PinStage.key, "account_login"), name="dispatch")
class TypePin(OpenProofPage):
    """Takes the PIN or password; or, with an office's card, a first PIN."""

    template_name = "accounts/pin.html"

    @property
    def stage(self) -> stages.PinStage:
        return self.request._login_stage  # type: ignore[attr-defined]

    @property
    def person(self) -> User:
        return self.stage.login.user

    def make_form(self) -> Any:
        posted = self.request.POST if self.request.method == "POST" else None
        if not self.person.has_pin:
            return NewPinForm(posted, user=self.person)
        form = PinForm(posted)
        if self.person.is_staff_member:
            form.fields["pin"].label = _("What is your password?")
        return form

    def page(self, **more: Any) -> dict[str, Any]:
        return {"has_pin": self.person.has_pin, "may_choose": self.may_choose()} | more

    def may_choose(self) -> bool:
        """Only a new card of an office lets its holder choose a PIN: a phone number never does."""
        card = PaperCard.objects.active().filter(pk=self.stage.proof["card"]).first()
        return card is not None and card.lets_choose_pin(programs.day_everywhere())

    def act(self, form: Any) -> HttpResponse:
        pin = form.cleaned_data["pin"]
        if self.person.has_pin:
            return self.check(form, pin)
        if not self.may_choose():
            return self.refuse(form, None, _("Ask your office for a new card. Then choose a PIN."))
        actions.set_pin(user=self.person, pin=pin, by=self.person, reason="PIN chosen with a card")
        return self.go_on()

    def check(self, form: Any, pin: str) -> HttpResponse:
        right = proofs.pin(
            self.request,
            self.person,
            pin,
            whose=f"{self.person.pk}:{self.stage.proof['means']}",
            device=devices.known_to(self.request, self.person),
        )
        if right is None:
            return self.refuse(form, "pin", TOO_MANY_PINS)
        return self.go_on() if right else self.refuse(form, "pin", NOT_RIGHT)

    def go_on(self) -> HttpResponse:
        record_authentication(self.request, self.person, method="password")
        return self.stage.exit()


class StaffSignIn(OpenProofPage):
    """For staff: name and password on one page; the second factor follows."""

    template_name = "accounts/staff_sign_in.html"
    form_class = StaffSignInForm

    def instead(self) -> HttpResponse | None:
        return redirect(settings.LOGIN_REDIRECT_URL) if is_signed_in(self.request) else None

    def page(self, **more: Any) -> dict[str, Any]:
        return {"next": self.next_url()} | more

    def act(self, form: StaffSignInForm) -> HttpResponse:
        identifier, password = form.cleaned_data["identifier"], form.cleaned_data["password"]
        user = identifiers.account_of(identifier, programs.day_everywhere())
        user = user if user is not None and user.is_staff_member else None
        right = proofs.pin(
            self.request,
            user,
            password,
            whose=f"staff:{identifier.digest}",
            device=devices.known_to(self.request, user),
        )
        if user is None or not right:
            sentence = TOO_MANY_PINS if right is None else NOT_RIGHT
            return self.refuse(form, "password", sentence)
        note_shared_computer(self.request, form.cleaned_data["is_shared_computer"])
        record_authentication(self.request, user, method="password")
        return perform_login(self.request, Login(user=user, redirect_url=self.next_url()))


def is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def note_shared_computer(request: HttpRequest, is_shared: bool) -> None:
    request.session["is_shared_computer"] = is_shared


def say_whether_sent(request: HttpRequest, was_sent: bool) -> None:
    """Say the same to everybody: whether a code leaves depends only on how many were asked for."""
    if was_sent:
        messages.info(
            request,
            _("If we know you there, a new code is on its way. The old one no longer works."),
        )
    else:
        messages.warning(request, _("We have sent enough codes for now. Use the newest one."))
