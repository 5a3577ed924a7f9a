"""Signing in as people do it, for tests of any part.

Most tests need none of this: `client.force_login(user)` is enough, because tests run in demo mode,
where staff need no second factor.
"""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from cms_portal.accounts.models import User
from cms_portal.notifications.models import Message

PIN = "482917"
PASSPHRASE = "a paper code of eight words"  # what the factories give every family
STAFF_PASSWORD = "a long sentence that staff sign in with"


def newest_code(address: str | None = None, digits: int | None = None) -> str:
    """Return the newest code that was sent, perhaps to one address, perhaps of so many digits."""
    sent = Message.objects.exclude(secret="").order_by("-pk")
    if address:
        sent = sent.filter(address=address)
    codes = (re.sub(r"\D", "", secret) for secret in sent.values_list("secret", flat=True))
    return next(code for code in codes if digits in (None, len(code)))


def ask_for_code(client: Client, identifier: str, **more: Any) -> Any:
    """Do the first page of signing in."""
    return client.post(reverse("account_login"), {"identifier": identifier, **more})


def type_code(client: Client, code: str) -> Any:
    return client.post(reverse("account_confirm_login_code"), {"code": code})


def type_pin(client: Client, pin: str = PASSPHRASE) -> Any:
    return client.post(reverse("account_pin"), {"pin": pin})


def sign_in(client: Client, user: User, pin: str = PASSPHRASE, **more: Any) -> Any:
    """Sign a family in with their email (or phone) and PIN, from the first page to the last."""
    identifier = user.email or str(user.phone)
    ask_for_code(client, identifier, **more)
    type_code(client, newest_code(identifier))
    return type_pin(client, pin)


def sign_in_staff(client: Client, user: User, password: str = STAFF_PASSWORD, **more: Any) -> Any:
    """Do the staff page: name and password. The second factor, if there is one, comes after it."""
    given = {"identifier": user.username, "password": password, **more}
    return client.post(reverse("account_staff_login"), given)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
