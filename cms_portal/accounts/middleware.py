"""Sessions end: when the account does, and after a while without a click."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

GetResponse = Callable[[HttpRequest], HttpResponse]


class SessionLimitsMiddleware:
    """Sign out an account that is closed today, or a session idle for longer than its kind allows."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated:
            idle = time.time() - request.session.get("last_click", time.time())
            if not user.may_sign_in(timezone.localdate()) or idle > idle_minutes(request) * 60:
                logout(request)
                request.session_has_ended = True  # type: ignore[attr-defined]
            else:
                request.session["last_click"] = int(time.time())
        return self.get_response(request)


def idle_minutes(request: HttpRequest) -> int:
    """Return after how many minutes without a click this session ends."""
    if request.session.get("is_shared_computer"):
        return settings.IDLE_MINUTES["shared"]
    return settings.IDLE_MINUTES["staff" if request.user.is_staff_member else "family"]  # type: ignore[union-attr]


class SecondFactorMiddleware:
    """Staff reach no page before a second factor was used in this session; demo mode apart."""

    OPEN = ("account_", "mfa_", "ui:")

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        if settings.DEMO_MODE or not getattr(request.user, "is_staff_member", False):
            return None
        if request.resolver_match and request.resolver_match.view_name.startswith(self.OPEN):
            return None
        used = {
            record.get("method")
            for record in request.session.get("account_authentication_methods", [])
        }
        return None if "mfa" in used else redirect("mfa_index")
