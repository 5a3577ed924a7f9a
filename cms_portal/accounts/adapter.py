"""Where allauth asks how this portal does things."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.accounts import devices, keys, letters, proofs, unsent
from cms_portal.accounts.models import User
from cms_portal.accounts.sign_ins import note_end, note_sign_in

# What allauth would say in a file of its own, in our words; what is not here is not said.
SAYINGS = {
    "mfa/messages/totp_activated.txt": _("Your authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is turned off."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is saved."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
}
# What an account's owner is told when somebody changes its means of proof.
TOLD = {
    "mfa/email/totp_activated": "proof_added",
    "mfa/email/webauthn_added": "proof_added",
    "mfa/email/totp_deactivated": "proof_removed",
    "mfa/email/webauthn_removed": "proof_removed",
}


class AccountAdapter(DefaultAccountAdapter):
    """Two proofs for everybody, a second factor for staff; one place that notes each sign-in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_password": _("This is not right. Check it and type it again."),
        "too_many_login_attempts": _("Too many wrong tries. Try again in an hour."),
        "rate_limited": _("Too many tries at once. Wait a minute and try again."),
    }

    def get_login_stages(self) -> list[str]:
        stages = "cms_portal.accounts.stages"
        return [
            f"{stages}.CodeStage",
            f"{stages}.PinStage",
            f"{stages}.StaffSecondFactorStage",
        ]

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Stop somebody whose account is closed today."""
        if user.may_sign_in(programs.day_everywhere()):
            return None
        clear_login(request)
        messages.error(request, _("This account is closed. Call your office if that is wrong."))
        return redirect("account_login")

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        request.session["last_click"] = int(time.time())
        note_sign_in(request, user)
        unsent.note_what_waits(request, user)

    def logout(self, request: HttpRequest) -> None:
        note_end(request.session.session_key)
        super().logout(request)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        if not request.session.get("is_shared_computer"):
            devices.remember(request, response, user)
        return response

    def reauthenticate(self, user: Any, password: str) -> bool:
        right = proofs.pin_in_session(self.request, user, password)
        if right is None:
            raise self.validation_error("too_many_login_attempts")
        return right

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """Name the ways to prove again who one is, in our words."""
        names = {
            "reauthenticate": _("Use your password") if _is_staff(user) else _("Use your PIN"),
            "mfa_reauthenticate": _("Use your authenticator app"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        return [
            method | {"description": names[method["id"]]}
            for method in super().get_reauthentication_methods(user)
        ]

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        saying = message or SAYINGS.get(message_template or "")
        if saying:
            messages.add_message(request, level, saying, extra_tags=extra_tags)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        if template_prefix in TOLD:
            letters.tell(user, TOLD[template_prefix])


class SecondFactorAdapter(DefaultMFAAdapter):
    """Authenticator apps and passkeys: secrets encrypted, and staff keep at least one."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Wait for the next one and type it."),
        "cannot_delete_authenticator": _("Staff need one. Set up another before you remove this."),
    }

    def encrypt(self, text: str) -> str:
        return keys.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return keys.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        user = authenticator.user
        if not _is_staff(user):
            return True
        return Authenticator.objects.filter(user=user).exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return str(_("Passkey {number}")).format(number=count + 1)


def _is_staff(user: Any) -> bool:
    return isinstance(user, User) and user.is_staff_member
