"""Digests and encryption with keys derived from the install's own secret."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.encoding import force_bytes


def digest(purpose: str, value: str) -> str:
    """Return a digest that only this install can make: enough to compare, not enough to read."""
    return salted_hmac(f"cms_portal.accounts.{purpose}", value, algorithm="sha256").hexdigest()


def matches(purpose: str, value: str, expected: str) -> bool:
    return constant_time_compare(digest(purpose, value), expected)


def encrypt(text: str) -> str:
    return _fernet(settings.SECRET_KEY).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Return what was encrypted; raise ValueError when it was not by a key we know."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _fernet(key).decrypt(token.encode()).decode()
        except InvalidToken:
            continue
    raise ValueError("encrypted with another key")


def _fernet(key: str | bytes) -> Fernet:
    derived = hashlib.sha256(b"cms_portal.accounts.encrypt:" + force_bytes(key)).digest()
    return Fernet(base64.urlsafe_b64encode(derived))
