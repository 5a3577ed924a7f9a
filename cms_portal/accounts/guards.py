"""How many guesses we look at.

A guess is counted before it is looked at, and given back when it was right. Guesses by strangers are
counted by what they typed (an address, a number, a name) or by the proof they gave; those from a
browser that the account knows are counted apart. So whoever floods an account uses up what belongs
to strangers, and its owner signs in.

For one hour and one account, a stranger without the phone or mailbox gets 3 codes for each address,
number or name of it looked at; one who has taken over one of them gets 4 PINs besides: together no
more than 10. A long code or a card's code needs no such count: a guess is only looked at if its
first five digits are those of a code of this account, and each such code dies of three wrong guesses.
"""

from __future__ import annotations

from allauth.core.internal.ratelimit import RateLimitUsage, consume
from django.http import HttpRequest

from cms_portal.accounts import keys
from cms_portal.accounts.identifiers import Identifier
from cms_portal.accounts.models import User

APP = "cms_portal.accounts"
CODE_BY_STRANGER = "code_by_stranger"
CODE_BY_DEVICE = "code_by_device"
CODE_BY_ADDRESS = "code_by_address"
PIN_BY_STRANGER = "pin_by_stranger"
PIN_BY_DEVICE = "pin_by_device"
PIN_IN_SESSION = "pin_in_session"
LIMITS = {
    CODE_BY_STRANGER: "3/h/key",
    CODE_BY_ADDRESS: "20/h/ip",
    CODE_BY_DEVICE: "5/h/key",
    PIN_BY_STRANGER: "4/h/key",
    PIN_BY_DEVICE: "5/h/key",
    PIN_IN_SESSION: "5/h/key",
}


class Guess:
    """One guess that may be looked at; give it back when it was right."""

    def __init__(self, counted: list[RateLimitUsage]):
        self._counted = counted

    def was_right(self) -> None:
        for usage in self._counted:
            usage.rollback()


def code(request: HttpRequest, identifier: Identifier, device: str) -> Guess | None:
    """Count one guess of a six-digit code; None means: do not look at it."""
    return _count(request, _of_code(identifier, device))


def would_look(request: HttpRequest, identifier: Identifier, device: str) -> bool:
    """Say whether a six-digit code typed here now would be looked at, without counting."""
    return _count(request, _of_code(identifier, device), only_look=True) is not None


def _of_code(identifier: Identifier, device: str) -> dict[str, str | None]:
    if device:
        return {CODE_BY_DEVICE: device}
    return {CODE_BY_STRANGER: identifier.digest, CODE_BY_ADDRESS: None}


def pin(request: HttpRequest, whose: str, device: str) -> Guess | None:
    """Count one guess of a PIN or password; None means: do not look at it.

    `whose` names the account and the first proof given, so that whoever took over one of a person's
    addresses cannot use up the guesses of another.
    """
    if device:
        return _count(request, {PIN_BY_DEVICE: device})
    return _count(request, {PIN_BY_STRANGER: keys.digest("pin", whose)})


def pin_in_session(request: HttpRequest, user: User) -> Guess | None:
    """Count one guess of the PIN by somebody who is signed in."""
    return _count(request, {PIN_IN_SESSION: keys.digest("pin", str(user.pk))})


def _count(
    request: HttpRequest, wanted: dict[str, str | None], *, only_look: bool = False
) -> Guess | None:
    counted: list[RateLimitUsage] = []
    for action, key in wanted.items():
        usage = consume(request, app=APP, action=action, config=LIMITS, key=key, dry_run=only_look)
        if usage is None:
            Guess(counted).was_right()
            return None
        counted.append(usage)
    return Guess(counted)
