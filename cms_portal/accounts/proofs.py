"""Looking at what somebody types to prove who they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.http import HttpRequest

from cms_portal.accounts import codes, guards
from cms_portal.accounts.identifiers import Identifier
from cms_portal.accounts.models import CardCode, PaperCard, SentCode, SignIn, User
from cms_portal.accounts.sign_ins import note_wrong_guess

NOT_DIGITS = re.compile(r"[\s.\-–]")
APP_CODE_LIVES = 120


class Means(StrEnum):
    """What a first proof came from."""

    EMAIL = "email"
    PHONE = "phone"
    CARD = "card"
    APP = "app"


class Refusal(StrEnum):
    """Why a code was not taken."""

    SHAPE = "shape"
    WRONG = "wrong"
    USED = "used"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class Proof:
    means: Means
    card: PaperCard | None = None


def code(
    request: HttpRequest,
    typed: str,
    *,
    identifier: Identifier,
    user: User | None,
    code_id: int | None,
    device: str,
) -> Proof | Refusal:
    """Look at a code of any kind; a right one is used up by this."""
    digits = NOT_DIGITS.sub("", typed)
    if not (digits.isascii() and digits.isdecimal()):
        return Refusal.SHAPE
    if len(digits) == codes.LONG:
        return _long(request, digits, user)
    if len(digits) != codes.SHORT:
        return Refusal.SHAPE
    if codes.was_used(code_id):
        return Refusal.USED
    guess = guards.code(request, identifier, device)
    return _short(request, digits, user, code_id, guess) if guess else Refusal.TOO_MANY


def _long(request: HttpRequest, digits: str, user: User | None) -> Proof | Refusal:
    used = codes.use_long(user, digits)
    if isinstance(used, CardCode):
        return Proof(Means.CARD, used.card)
    return Proof(means_of(used)) if used else Refusal.WRONG


def _short(
    request: HttpRequest, digits: str, user: User | None, code_id: int | None, guess: guards.Guess
) -> Proof | Refusal:
    if used := codes.use_short(code_id, digits):
        guess.was_right()
        return Proof(means_of(used))
    if use_app_code(user, digits):
        guess.was_right()
        return Proof(Means.APP)
    if codes.was_used(code_id):
        # The same code twice at one moment, as by a double click: the other one got through.
        guess.was_right()
        return Refusal.USED
    note_wrong_guess(request, user, SignIn.Outcome.WRONG_CODE)
    return Refusal.WRONG


def means_of(code: SentCode) -> Means:
    return Means.EMAIL if code.channel == "email" else Means.PHONE


def use_app_code(user: User | None, digits: str) -> Authenticator | None:
    """Use a code of somebody's authenticator app, once; return the app's row, or None."""
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if app is None or not app.wrap().validate_code(digits):
        return None
    # allauth remembers a used code for one period, but takes it for up to three.
    if not cache.add(f"app-code-used:{app.pk}:{digits}", True, timeout=APP_CODE_LIVES):
        return None
    return app


def pin(
    request: HttpRequest, user: User | None, typed: str, *, whose: str, device: str
) -> bool | None:
    """Look at a PIN or password; None means that it was not looked at."""
    guess = guards.pin(request, whose, device)
    return _pin(request, user, typed, guess)


def pin_in_session(request: HttpRequest, user: User, typed: str) -> bool | None:
    """Look at the PIN or password of somebody who is signed in; None: it was not looked at."""
    return _pin(request, user, typed, guards.pin_in_session(request, user))


def _pin(
    request: HttpRequest, user: User | None, typed: str, guess: guards.Guess | None
) -> bool | None:
    if guess is None:
        return None
    # As much work for nobody as for an account that is there.
    right = user.check_password(typed) if user is not None else not make_password(typed)
    if right:
        guess.was_right()
    else:
        note_wrong_guess(request, user, SignIn.Outcome.WRONG_PIN)
    return right
