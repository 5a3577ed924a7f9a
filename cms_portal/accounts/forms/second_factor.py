"""Authenticator apps and passkeys: allauth's forms, in our words and counted by our guards."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.adapter import get_adapter as get_second_factor_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms_portal.accounts import devices, guards, proofs
from cms_portal.accounts.forms.proofs import code_field, pin_field
from cms_portal.accounts.models import SignIn, User
from cms_portal.accounts.sign_ins import note_wrong_guess
from cms_portal.ui.forms import PortalForm

UNREADABLE_PASSKEY = _("The passkey did not work. Try again, or use another way.")
# What reading a made-up credential runs into, several layers down.
UNREADABLE = (TypeError, ValueError, KeyError, AttributeError, IndexError, InvalidSignature)


class CredentialField(forms.JSONField):
    """What a browser says about a passkey, as JSON; never shown again."""

    widget = forms.HiddenInput
    longest = 50_000

    def __init__(self) -> None:
        errors = dict.fromkeys(["required", "invalid"], UNREADABLE_PASSKEY)
        super().__init__(error_messages=errors)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value if len(value or "") <= self.longest else "{")
        except (ValueError, RecursionError) as error:
            raise ValidationError(UNREADABLE_PASSKEY, code="invalid") from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        return None

    def prepare_value(self, value: Any) -> str:
        return ""


class ConfirmForm(PortalForm):
    """The PIN or password once more, before something about the account changes."""

    page_question = "password"

    password = pin_field(_("What is your PIN?"))

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user
        if user.is_staff_member:
            self.fields["password"].label = _("What is your password?")

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("incorrect_password")
        return password


class _AppCode(PortalForm):
    """A code of an authenticator app, counted like every other guess."""

    page_question = "code"

    user: User
    authenticator: Any

    def clean_code(self) -> str:
        digits = proofs.NOT_DIGITS.sub("", self.cleaned_data["code"])
        request, user = context.request, self.user
        guess = guards.pin(request, f"{user.pk}:app", devices.known_to(request, user))
        if guess is None:
            raise get_adapter().validation_error("too_many_login_attempts")
        self.authenticator = proofs.use_app_code(user, digits)
        if self.authenticator is None:
            note_wrong_guess(request, user, SignIn.Outcome.WRONG_CODE)
            raise get_second_factor_adapter().validation_error("incorrect_code")
        guess.was_right()
        return digits


class AppCodeForm(_AppCode, AuthenticateForm):
    code = code_field(_("What is the code in your authenticator app?"))


class AppCodeAgainForm(_AppCode, ReauthenticateForm):
    code = code_field(_("What is the code in your authenticator app?"))


class SetUpAppForm(PortalForm, ActivateTOTPForm):
    code = code_field(_("The six digits that the app shows now"))


class AddPasskeyForm(PortalForm, AddWebAuthnForm):
    """Every passkey of the portal also unlocks: it asks for the finger, the face or the phone's own PIN."""

    name = forms.CharField(
        label=_("A name for this passkey"),
        help_text=_("For example: my phone"),
        max_length=60,
        required=False,
    )
    credential = CredentialField()
    passwordless = forms.BooleanField(initial=True, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        try:
            return super().clean() or {}
        except UNREADABLE as error:
            raise ValidationError(UNREADABLE_PASSKEY, code="unreadable") from error


class NamePasskeyForm(PortalForm, EditWebAuthnForm):
    page_question = "name"

    name = forms.CharField(label=_("A name for this passkey"), max_length=60)


class _Passkey(PortalForm):
    """A passkey's answer comes from a browser, so it may be anything."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except UNREADABLE as error:
            raise ValidationError(UNREADABLE_PASSKEY, code="unreadable") from error


class UsePasskeyForm(_Passkey, AuthenticateWebAuthnForm):
    """The second factor of staff."""

    credential = CredentialField()


class UsePasskeyAgainForm(_Passkey, ReauthenticateWebAuthnForm):
    """Proves again who somebody is."""

    credential = CredentialField()


class SignInWithPasskeyForm(_Passkey, LoginWebAuthnForm):
    """Both proofs at once."""

    credential = CredentialField()
