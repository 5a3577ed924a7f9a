"""A person's own account: what it is called, how it is opened, where it is open."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.access.same_page import answered_once
from cms_portal.access.views import OwnPage
from cms_portal.accounts import actions, cards, devices, letters, sign_ins, unsent
from cms_portal.accounts.forms.own import NameForm
from cms_portal.accounts.forms.proofs import NewPinForm
from cms_portal.accounts.models import PaperCard, SignIn, User
from cms_portal.accounts.views.base import ProofPage

MOST_WRONG_TRIES_SHOWN = 5


class Home(OwnPage):
    """Everything about one's own account on one page."""

    template_name = "accounts/own/home.html"

    def page(self, **more: Any) -> dict[str, Any]:
        user: User = self.request.user  # type: ignore[assignment]
        proofs_held = Authenticator.objects.filter(user=user)
        return {
            "apps": [held for held in proofs_held if held.type == Authenticator.Type.TOTP],
            "passkeys": [held for held in proofs_held if held.type == Authenticator.Type.WEBAUTHN],
            "card": PaperCard.objects.active().filter(user=user).first(),
            "zone": zone_of(user),
            "places": sign_ins.open_places(user, timezone.now()),
            "session_key": self.request.session.session_key,
            "wrong_tries": SignIn.objects.wrong()
            .filter(user=user)
            .newest_first()[:MOST_WRONG_TRIES_SHOWN],
        } | more


class OwnForm(ProofPage):
    """A form about one's own account."""

    @property
    def user(self) -> User:
        return self.request.user  # type: ignore[return-value]

    def done(self, sentence: Any) -> HttpResponse:
        messages.success(self.request, sentence)
        return redirect("account_home")


class ConfirmedForm(OwnForm):
    """A change that asks for the PIN first, unless it was just given."""

    def instead(self) -> HttpResponse | None:
        if not is_reauthentication_required(self.request, app="allauth.account"):
            return None
        ways = get_adapter(self.request).get_reauthentication_methods(self.user)
        return redirect(f"{ways[0]['url']}?{urlencode({'next': self.request.path})}")


class Name(OwnForm):
    template_name = "accounts/own/name.html"

    def make_form(self) -> NameForm:
        posted = self.request.POST if self.request.method == "POST" else None
        return NameForm(posted, initial={"name": self.user.name})

    def act(self, form: NameForm) -> HttpResponse:
        actions.change_name(user=self.user, name=form.cleaned_data["name"], by=self.user)
        return self.done(_("Your name is changed."))


class Pin(ConfirmedForm):
    template_name = "accounts/own/pin.html"

    def make_form(self) -> NewPinForm:
        posted = self.request.POST if self.request.method == "POST" else None
        return NewPinForm(posted, user=self.user)

    def act(self, form: NewPinForm) -> HttpResponse:
        actions.set_pin(
            user=self.user, pin=form.cleaned_data["pin"], by=self.user, reason="PIN changed"
        )
        self.stay_signed_in()
        letters.tell(self.user, "pin_changed")
        response = self.done(_("Your PIN is changed. Other places are signed out."))
        if not self.request.session.get("is_shared_computer"):
            devices.remember(self.request, response, self.user)
        return response

    def stay_signed_in(self) -> None:
        """A new PIN ends every session but this one, which gets a new key."""
        old = self.request.session.session_key
        update_session_auth_hash(self.request, self.user)
        sign_ins.note_new_key(old, self.request.session.session_key)


class OwnCard(ConfirmedForm):
    """Print a card with codes to keep at home; the codes are shown this once."""

    template_name = "accounts/own/card.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        card = PaperCard.objects.active().filter(user=self.user).first()
        left = card.codes.filter(used_at__isnull=True).count() if card else 0
        return TemplateResponse(request, self.template_name, {"card": card, "left": left})

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return answered_once(request, partial(self.give_or_end, request))

    def give_or_end(self, request: HttpRequest) -> HttpResponse:
        if "end" in request.POST:
            cards.end_card(
                user=self.user, by=self.user, at=timezone.now(), reason="ended by the person"
            )
            letters.tell(self.user, "proof_removed")
            return self.done(_("The card is ended. Its codes no longer work."))
        printed = cards.print_own_card(user=self.user, at=timezone.now())
        letters.tell(self.user, "proof_added")
        cards.show_once(request.session, printed)
        return redirect("account_card_to_print")


class SignOutElsewhere(OwnForm):
    """End every session of this account but the one that asks."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        sign_ins.end_other_places(user=self.user, but=request.session.session_key)
        return self.done(_("You are signed out everywhere else."))


class KeepTyped(OwnForm):
    """A page sends here what was typed in it: one that closes itself, which ends the session, or one
    that comes again in another language and says `stay`."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        unsent.keep(request, self.user)
        if "stay" in request.POST:
            unsent.note_what_waits(request, self.user)
        else:
            get_adapter(request).logout(request)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)


def zone_of(user: User) -> ZoneInfo | None:
    """Return the time zone of the offices that this person deals with, where there is one."""
    codes_of_programs = user.programs() or user.guardians.values_list(
        "household__program", flat=True
    )
    return next((programs.get(code).timezone for code in codes_of_programs), None)
