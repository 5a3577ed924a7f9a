"""Opening an account: an address, a code, a name and a PIN."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms_portal.accounts import actions, codes
from cms_portal.accounts.forms.proofs import CodeForm, PersonForm, SignUpForm
from cms_portal.accounts.identifiers import Identifier, Kind
from cms_portal.accounts.models import Purpose
from cms_portal.accounts.proofs import Refusal
from cms_portal.accounts.views.base import InSteps, OpenProofPage
from cms_portal.accounts.views.sign_in import REFUSALS, is_signed_in, say_whether_sent


class SignUpPage(InSteps, OpenProofPage):
    """One of the three pages."""

    kept_as = "sign_up"
    needs: str | None = None

    def instead(self) -> HttpResponse | None:
        if is_signed_in(self.request):
            return redirect(settings.LOGIN_REDIRECT_URL)
        if self.needs and not self.state.get(self.needs):
            return redirect("account_signup")
        return None

    def send(self, identifier: Identifier, channel: str) -> bool:
        """Have a code sent; somebody who has an account already is told that instead."""
        code = codes.ask_for(
            self.request,
            purpose=Purpose.SIGN_UP,
            identifier=identifier,
            user=None,
            channel=channel,
        )
        if code is not None:
            self.remember(code_id=code.pk)
        return code is not None


class SignUp(SignUpPage):
    template_name = "accounts/sign_up.html"
    form_class = SignUpForm

    def page(self, **more: Any) -> dict[str, Any]:
        return {"next": self.next_url()} | more

    def act(self, form: SignUpForm) -> HttpResponse:
        identifier, channel = form.cleaned_data["identifier"], form.cleaned_data["channel"]
        self.begin(identifier, channel, next=self.next_url(), is_proven=False)
        if not self.send(identifier, channel):
            say_whether_sent(self.request, False)
        return redirect("account_signup_code")


class SignUpCode(SignUpPage):
    template_name = "accounts/code.html"
    form_class = CodeForm
    needs = "value"

    def page(self, **more: Any) -> dict[str, Any]:
        return {
            "identifier": self.identifier,
            "channel": self.state["channel"],
            "back_url": reverse("account_signup"),
            "is_new": True,
        } | more

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if channel := request.POST.get("send_again"):
            say_whether_sent(request, self.send(self.identifier, channel))
            return redirect("account_signup_code")
        return super().post(request, **kwargs)

    def act(self, form: CodeForm) -> HttpResponse:
        proof = self.look_at_own_code(form.cleaned_data["code"])
        if isinstance(proof, Refusal):
            return self.refuse(form, "code", SIGN_UP_REFUSALS.get(proof, REFUSALS[proof]))
        self.remember(is_proven=True)
        return redirect("account_signup_person")


class SignUpPerson(SignUpPage):
    template_name = "accounts/sign_up_person.html"
    form_class = PersonForm
    needs = "is_proven"

    def act(self, form: PersonForm) -> HttpResponse:
        try:
            user = actions.open_family_account(
                name=form.cleaned_data["name"],
                pin=form.cleaned_data["pin"],
                language=get_language() or "",
                by=None,
                **self.contact(),
            )
        except (IntegrityError, ValidationError):
            # Sent twice, opened in another tab meanwhile, or closed by an office.
            messages.info(self.request, _("This address has an account. Sign in, or call us."))
            return redirect("account_login")
        where = self.state.get("next")
        self.forget()
        for method in ("code", "password"):
            record_authentication(self.request, user, method=method)
        return perform_login(self.request, Login(user=user, redirect_url=where, signup=True))

    def contact(self) -> dict[str, Any]:
        if self.identifier.kind == Kind.EMAIL:
            return {"email": self.identifier.value}
        return {"phone": self.identifier.value, "phone_verified_at": timezone.now()}


SIGN_UP_REFUSALS = {
    Refusal.SHAPE: _("A code has 6 digits. Check it and type it again."),
    Refusal.TOO_MANY: _("There were too many wrong codes. Start again in an hour, or call us."),
}
