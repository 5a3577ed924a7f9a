"""Sessions end: when the account does, and after a while without a click. Then nothing stays behind."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.accounts import unsent
from cms_portal.accounts.models import User
from cms_portal.accounts.sign_ins import note_end

GetResponse = Callable[[HttpRequest], HttpResponse]
# A click is noted at most so often, so that reading a page rarely writes; the limit has this slack.
NOTED_EVERY = 20


class SessionLimitsMiddleware:
    """Sign out an account that is closed today, or a session idle for longer than its kind allows.

    A form that arrives too late is kept for the same person, and given back after signing in again.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated:
            now = time.time()
            idle = now - request.session.get("last_click", now)
            is_open = user.may_sign_in(programs.day_everywhere())
            if not is_open or idle > idle_minutes(request) * 60 + NOTED_EVERY:
                self._end(request, user if is_open else None)
            elif idle >= NOTED_EVERY or "last_click" not in request.session:
                request.session["last_click"] = int(now)
        with unsent.giving_back():
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Comes after the check of the form's token: only a form of ours is kept."""
        if request.user.is_authenticated:
            _give_back(request)
            return None
        user = getattr(request, "session_ended_for", None)
        if user is None or getattr(view, "login_required", True) is False:
            return None
        return _lead_back(request, user)

    def _end(self, request: HttpRequest, user: User | None) -> None:
        note_end(request.session.session_key)
        logout(request)
        request.session_has_ended = True  # type: ignore[attr-defined]
        request.session_ended_for = user  # type: ignore[attr-defined]


def _give_back(request: HttpRequest) -> None:
    """Show what was typed before the session ended; once it is sent again, forget it."""
    if request.method == "POST":
        unsent.forget(request)
    elif request.method == "GET" and (typed := unsent.for_page(request)):
        unsent.give_back(typed)
        messages.warning(
            request, _("What you typed is back. It is not sent yet. Check it and send it.")
        )


def _lead_back(request: HttpRequest, user: User) -> HttpResponse:
    """Keep a form that came too late, and lead to signing in and from there back to its page."""
    kept = request.method == "POST" and not _is_of_ui(request) and unsent.keep(request, user)
    messages.warning(request, _too_late(kept))
    if kept or request.method == "GET":
        return redirect_to_login(unsent.page_of(request) if kept else request.get_full_path())
    return redirect(settings.LOGIN_URL)


def _is_of_ui(request: HttpRequest) -> bool:
    """The frame's own buttons (stay, language) hold nothing anybody typed."""
    return bool(request.resolver_match and request.resolver_match.app_name == "ui")


def _too_late(kept: bool) -> str:
    if kept:
        return _(
            "There was no click for a while, so we closed your session. What you typed is kept for you,"
            " but it is not sent yet. Sign in, and it comes back."
        )
    return _("There was no click for a while, so we closed your session. Sign in to go on.")


def idle_minutes(request: HttpRequest) -> int:
    """Return after how many minutes without a click this session ends."""
    if request.session.get("is_shared_computer"):
        return settings.IDLE_MINUTES["shared"]
    return settings.IDLE_MINUTES["staff" if request.user.is_staff_member else "family"]  # type: ignore[union-attr]


class NothingStaysMiddleware:
    """What a signed-in person saw is not kept by the browser, neither on disk nor behind Back."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if was_signed_in or request.user.is_authenticated:
            add_never_cache_headers(response)
        if was_signed_in and not request.user.is_authenticated:
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class SecondFactorMiddleware:
    """Staff reach no page before a second factor was used in this session; demo mode apart.

    Whoever has none is led to set one up. Only what that takes is open.
    """

    OPEN = frozenset(
        {
            "account_logout",
            "account_reauthenticate",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "ui:expired",
            "ui:leave",
            "ui:set_language",
            "ui:stay",
        }
    )
    TO_SET_UP = frozenset({"account_second_factor", "mfa_activate_totp", "mfa_add_webauthn"})

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        if settings.DEMO_MODE or not getattr(request.user, "is_staff_member", False):
            return None
        if has_used_second_factor(request):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in self.OPEN:
            return None
        if page := _page_to_use_it(request):
            return redirect(page)
        return None if name in self.TO_SET_UP else redirect("account_second_factor")


def _page_to_use_it(request: HttpRequest) -> str:
    """Return where to use the second factor this person has, or nothing for one who has none."""
    types = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    if Authenticator.Type.TOTP in types:
        return "mfa_reauthenticate"
    return "mfa_reauthenticate_webauthn" if Authenticator.Type.WEBAUTHN in types else ""


def has_used_second_factor(request: HttpRequest) -> bool:
    """Say whether this person used an authenticator app or a passkey in this very session."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)
