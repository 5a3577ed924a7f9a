"""An authenticator app in somebody's hand."""

from __future__ import annotations

import secrets
import time
from base64 import b32encode

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from cms_portal.accounts.models import User

PERIOD = 30


def give_app(user: User) -> str:
    """Set up an authenticator app for somebody; return its secret."""
    secret = b32encode(secrets.token_bytes(20)).decode()
    TOTP.activate(user, secret)
    return secret


def code_now(secret: str, periods: int = 0) -> str:
    """Return what the app shows now, or some periods from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + periods))
