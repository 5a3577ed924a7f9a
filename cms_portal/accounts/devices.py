"""Browsers in which an account was opened before.

They hold a signed note of it. Guesses made elsewhere never use up theirs, so nobody can lock an owner
out of a browser they know. The note alone opens nothing.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from cms_portal.accounts import keys
from cms_portal.accounts.models import User

COOKIE = "known_accounts"
KEPT_FOR = timedelta(days=180)
MOST_ACCOUNTS = 5


def known_to(request: HttpRequest, user: User | None) -> str:
    """Return the id of this browser if `user` signed in with it before, else an empty text."""
    name = keys.digest("known-account", _fingerprint(user)) if user is not None else ""
    return _notes(request).get(name, "")


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Note on the response that this browser is known to an account; forgets the oldest of many."""
    notes = _notes(request)
    name = keys.digest("known-account", _fingerprint(user))
    device = notes.pop(name, None) or secrets.token_hex(16)
    newest = dict([*notes.items(), (name, device)][-MOST_ACCOUNTS:])
    response.set_cookie(
        COOKIE,
        signing.dumps(newest, salt=COOKIE),
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _fingerprint(user: User) -> str:
    """A new PIN makes every browser a stranger again."""
    return f"{user.pk}:{user.password}"


def _notes(request: HttpRequest) -> dict[str, str]:
    try:
        notes = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=KEPT_FOR)
    except signing.BadSignature:
        return {}
    return notes if isinstance(notes, dict) else {}
