"""Keeping where an account is open, and closing it elsewhere."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from cms_portal.accounts.models import SignIn, User

MOST_PLACES = 20
# In the order in which they tell something; each pretends to be the ones after it.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung Internet"} | {
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows"} | {
    "Mac OS X": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}


def note_sign_in(request: HttpRequest, user: User) -> SignIn:
    """Keep that an account was opened in this browser; call it once the session has its new key."""
    methods = [record["method"] for record in get_authentication_records(request, user)]
    return SignIn.objects.create(
        user=user,
        at=timezone.now(),
        outcome=SignIn.Outcome.SIGNED_IN,
        how=" + ".join(dict.fromkeys(methods)),
        browser=browser_of(request),
        is_shared_computer=bool(request.session.get("is_shared_computer")),
        session_key=request.session.session_key or "",
    )


def note_wrong_guess(request: HttpRequest, user: User | None, outcome: str) -> None:
    """Have a wrong code or PIN that was looked at kept; a job drops it where nobody has that name."""
    from cms_portal.accounts.tasks import keep_wrong_guess

    keep_wrong_guess.enqueue(
        user.pk if user else 0, timezone.now().isoformat(), outcome, browser_of(request)
    )


def note_new_key(old: str | None, new: str | None) -> None:
    """Follow a session whose key changed."""
    SignIn.objects.open().filter(session_key=old or "none").update(session_key=new or "")


def note_end(session_key: str | None) -> None:
    """Keep that a session has ended."""
    SignIn.objects.open().filter(session_key=session_key or "none").update(ended_at=timezone.now())


def open_places(user: User, now: datetime) -> list[SignIn]:
    """Return the sign-ins whose session still lives, newest first."""
    recent = SignIn.objects.open().filter(
        user=user, at__gt=now - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    )
    return [place for place in recent.newest_first()[:MOST_PLACES] if _lives(place, now)]


@transaction.atomic
def end_other_places(*, user: User, but: str | None) -> int:
    """Sign an account out everywhere but in one session; return from how many places."""
    others = SignIn.objects.open().filter(user=user).exclude(session_key=but or "")
    for place in others:
        _store(place.session_key).delete()
    return others.update(ended_at=timezone.now())


def browser_of(request: HttpRequest) -> str:
    """Return the browser in words people know, such as "Chrome, Android"."""
    told = request.META.get("HTTP_USER_AGENT", "")
    names = [_first(BROWSERS, told), _first(SYSTEMS, told)]
    return ", ".join(filter(None, names))


def _first(names: dict[str, str], told: str) -> str:
    return next((word for sign, word in names.items() if re.search(rf"\b{sign}\b", told)), "")


def _lives(place: SignIn, now: datetime) -> bool:
    session = _store(place.session_key)
    if session.get(SESSION_KEY) != str(place.user_id):
        return False
    last_click = session.get("last_click", place.at.timestamp())
    return now.timestamp() - last_click <= max(settings.IDLE_MINUTES.values()) * 60


def _store(session_key: str) -> SessionBase:
    engine: Any = import_module(settings.SESSION_ENGINE)
    return engine.SessionStore(session_key)
