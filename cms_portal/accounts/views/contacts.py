"""How an account is reached: an address that is new is proven first, and the old one is told."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms_portal.accounts import actions, codes, letters
from cms_portal.accounts.forms.own import EmailForm, PhoneForm
from cms_portal.accounts.forms.proofs import CodeForm
from cms_portal.accounts.identifiers import Identifier, Kind
from cms_portal.accounts.models import PaperCard, Purpose
from cms_portal.accounts.proofs import Refusal
from cms_portal.accounts.views.base import InSteps
from cms_portal.accounts.views.own import ConfirmedForm, OwnForm
from cms_portal.accounts.views.sign_in import REFUSALS, say_whether_sent


class NewContactPage(InSteps, OwnForm):
    """One of the pages by which an address becomes one's own: a code goes there first."""

    kept_as = "new_contact"

    def send(self, identifier: Identifier, channel: str) -> HttpResponse:
        code = codes.ask_for(
            self.request, purpose=Purpose.CONTACT, identifier=identifier, user=None, channel=channel
        )
        if code is not None:
            self.remember(code_id=code.pk)
        say_whether_sent(self.request, code is not None)
        return redirect("account_contact_code")


class NewContact(NewContactPage, ConfirmedForm):
    """A new email address or phone number."""

    def act(self, form: Any) -> HttpResponse:
        self.begin(form.identifier, form.channel)
        return self.send(form.identifier, form.channel)


class Email(NewContact):
    template_name = "accounts/own/email.html"
    form_class = EmailForm


class Phone(NewContact):
    template_name = "accounts/own/phone.html"
    form_class = PhoneForm


class ContactCode(NewContactPage):
    """The code that proves a new address; then the old one is told."""

    template_name = "accounts/own/contact_code.html"
    form_class = CodeForm

    def instead(self) -> HttpResponse | None:
        return None if self.state else redirect("account_home")

    def page(self, **more: Any) -> dict[str, Any]:
        return {"identifier": self.identifier} | more

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if channel := request.POST.get("send_again"):
            return self.send(self.identifier, channel)
        return super().post(request, **kwargs)

    def act(self, form: CodeForm) -> HttpResponse:
        proof = self.look_at_own_code(form.cleaned_data["code"])
        if isinstance(proof, Refusal):
            return self.refuse(form, "code", REFUSALS[proof])
        try:
            return self.change()
        except (IntegrityError, ValidationError):
            # Somebody else proved it as theirs in the meantime.
            return self.refuse(form, "code", REFUSALS[Refusal.WRONG])

    def change(self) -> HttpResponse:
        old, value = (self.user.email, self.user.phone), self.identifier.value
        if self.identifier.kind == Kind.EMAIL:
            actions.change_email(user=self.user, email=value, by=self.user)
            done = _("Your email address is changed. We told the old one.")
        else:
            actions.change_phone(user=self.user, phone=value, at=timezone.now(), by=self.user)
            done = _("Your phone number is changed. We told the old one.")
        self.forget()
        letters.tell(self.user, "contact_changed", also=old)
        return self.done(done)


class RemoveContact(ConfirmedForm):
    """Take an email address or phone number off the account, as long as another way in is left."""

    template_name = "accounts/own/remove_contact.html"

    def instead(self) -> HttpResponse | None:
        has_it = bool(getattr(self.user, self.what))
        return super().instead() if has_it else redirect("account_home")

    @property
    def what(self) -> str:
        return str(self.kwargs["what"])

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return TemplateResponse(request, self.template_name, self.facts())

    def facts(self) -> dict[str, Any]:
        return {
            "what": self.what,
            "value": getattr(self.user, self.what),
            "has_another_way": self.has_another_way(),
        }

    def has_another_way(self) -> bool:
        other = "phone" if self.what == "email" else "email"
        return (
            bool(getattr(self.user, other))
            or PaperCard.objects.active().filter(user=self.user).exists()
            or Authenticator.objects.filter(user=self.user).exists()
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.has_another_way():
            return TemplateResponse(request, self.template_name, self.facts(), status=422)
        old = (self.user.email, self.user.phone)
        if self.what == "email":
            actions.change_email(user=self.user, email=None, by=self.user)
        else:
            actions.change_phone(user=self.user, phone=None, at=timezone.now(), by=self.user)
        letters.tell(self.user, "contact_changed", also=old)
        return self.done(_("It is removed. We sent a last message there."))
