"""The steps of signing in, in allauth's own machinery: first proof, second proof, second factor."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.stages import LoginStage, LoginStageController
from allauth.core.internal.httpkit import headed_redirect_response
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest, HttpResponse

from cms_portal.accounts import codes, devices, identifiers
from cms_portal.accounts.identifiers import Identifier
from cms_portal.accounts.models import Purpose, SentCode, User

# The first proof given in this sign-in, as the second step needs to know it.
PROOF = "first_proof"


def begin(
    request: HttpRequest,
    *,
    identifier: Identifier,
    user: User | None,
    channel: str,
    redirect_url: str | None,
) -> HttpResponse:
    """Begin to sign in with a code; `user` is None for an account that is not there."""
    login = Login(user=user, redirect_url=redirect_url)
    stage = CodeStage(LoginStageController(request, login), request, login)
    stage.state.update(kind=identifier.kind, value=identifier.value, channel=channel)
    stage.ask_for_code()
    return perform_login(request, login)


class CodeStage(LoginStage):
    """First proof: a code we sent, a code of a card, or one of an authenticator app."""

    key = "portal_code"
    urlname = "account_confirm_login_code"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if not self.state:
            return None, True
        return headed_redirect_response(self.urlname), True

    @property
    def identifier(self) -> Identifier:
        return Identifier(identifiers.Kind(self.state["kind"]), self.state["value"])

    @property
    def device(self) -> str:
        return devices.known_to(self.request, self.login.user)

    def ask_for_code(self, channel: str | None = None) -> SentCode | None:
        """Have a code sent, unless they gave a user name: then their card or app has one."""
        if not self.identifier.can_be_written_to:
            return None
        code = codes.ask_for(
            self.request,
            purpose=Purpose.SIGN_IN,
            identifier=self.identifier,
            user=self.login.user,
            channel=channel or self.state["channel"],
            device=self.device,
        )
        is_short = code is not None and not code.selector
        self.state.update(code_id=code.pk if code and is_short else None, is_long=not is_short)
        return code


class PinStage(LoginStage):
    """Second proof, after a first one: the PIN or password; or, from an office's card, choosing one."""

    key = "portal_pin"
    urlname = "account_pin"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if PROOF not in self.login.state:
            return None, True
        return headed_redirect_response(self.urlname), True

    @property
    def proof(self) -> dict[str, Any]:
        return self.login.state[PROOF]


class StaffSecondFactorStage(AuthenticateStage):
    """Staff also use an authenticator app or a passkey; families may use them as a first proof."""

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        return user is not None and user.is_staff_member and super()._should_handle(request)
