"""Passkeys and authenticator apps: allauth's own views, with our pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LogoutView, ReauthenticateView
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from qrcode.main import QRCode

from cms_portal.access.table import PUBLIC, SIGNED_IN
from cms_portal.access.views import OwnPage
from cms_portal.accounts.adapter import SecondFactorAdapter


class SetUp(OwnPage):
    """Leads staff who have no second factor to setting one up, and to nothing else."""

    template_name = "accounts/second_factor/set_up.html"


class SignOut(LogoutView):
    access = PUBLIC
    template_name = "accounts/sign_out.html"


class Confirm(ReauthenticateView):
    """Asks for the PIN or password once more."""

    access = SIGNED_IN
    template_name = "accounts/second_factor/confirm.html"


class Authenticate(base.AuthenticateView):
    access = PUBLIC
    template_name = "accounts/second_factor/authenticate.html"


class ConfirmWithApp(base.ReauthenticateView):
    access = SIGNED_IN
    template_name = "accounts/second_factor/confirm_with_app.html"


class ConfirmWithPasskey(webauthn.ReauthenticateWebAuthnView):
    access = SIGNED_IN
    template_name = "accounts/second_factor/confirm_with_passkey.html"


class SignInWithPasskey(webauthn.LoginWebAuthnView):
    """Both proofs at once; goes on to the page that was asked for."""

    access = PUBLIC

    def form_valid(self, form: Any) -> HttpResponse:
        authenticator = form.cleaned_data["credential"]
        login = Login(user=authenticator.user, redirect_url=get_next_redirect_url(self.request))
        return perform_passwordless_login(self.request, authenticator, login)


class SetUpApp(totp.ActivateTOTPView):
    """Typing the app's code proves that it works, so it counts as used in this session."""

    access = SIGNED_IN
    template_name = "accounts/second_factor/set_up_app.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = super().get_context_data(**kwargs)
        return facts | {"qr": draw(facts["totp_url"])}

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _count_as_used(self.request, Authenticator.Type.TOTP)
        return response

    def get_success_url(self) -> str:
        return reverse("account_home")


class RemoveApp(totp.DeactivateTOTPView):
    access = SIGNED_IN
    template_name = "accounts/second_factor/remove_app.html"
    success_url = reverse_lazy("account_home")


class AddPasskey(webauthn.AddWebAuthnView):
    """A passkey that unlocks with a finger, a face or the phone's PIN: both proofs in one."""

    access = SIGNED_IN
    template_name = "accounts/second_factor/add_passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = super().get_context_data(**kwargs)
        facts["js_data"] = {"creation_options": auth.begin_registration(self.request.user, True)}
        return facts

    def get_success_url(self) -> str:
        return reverse("account_home")

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _count_as_used(self.request, Authenticator.Type.WEBAUTHN)
        return response


class NamePasskey(webauthn.EditWebAuthnView):
    access = SIGNED_IN
    template_name = "accounts/second_factor/name_passkey.html"
    success_url = reverse_lazy("account_home")


class RemovePasskey(webauthn.RemoveWebAuthnView):
    access = SIGNED_IN
    template_name = "accounts/second_factor/remove_passkey.html"
    success_url = reverse_lazy("account_home")

    def form_valid(self, form: Any) -> HttpResponse:
        adapter = SecondFactorAdapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("account_home")
        return super().form_valid(form)


@dataclass(frozen=True)
class Drawing:
    """A QR code as the template draws it: one square for each dark module."""

    size: int
    path: str


def draw(address: str) -> Drawing:
    code = QRCode(border=2)
    code.add_data(address)
    rows = code.get_matrix()
    dark = ((x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return Drawing(len(rows), "".join(f"M{x} {y}h1v1h-1z" for x, y in dark))


def _count_as_used(request: HttpRequest, kind: str) -> None:
    held = Authenticator.objects.filter(user=request.user, type=kind).order_by("pk").last()
    if held is not None:
        record_authentication(request, request.user, "mfa", id=held.pk, type=held.type)
