"""What a PIN and a password may be."""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import pairwise

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms_portal.accounts.models import User

FEWEST_DIGITS, MOST_DIGITS = 6, 12
SHORTEST_PASSPHRASE = 12
SHORTEST_PASSWORD = 12
LONGEST = 128
DATE_SHAPES = ("%m%d%y", "%d%m%y", "%y%m%d", "%m%d%Y", "%d%m%Y", "%Y%m%d")
FIRST_BIRTH_YEAR = 1900


class PinOrPassword:
    """A family chooses a PIN of 6 to 12 digits or a longer passphrase; staff a password."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is not None and user.is_staff_member:
            _check_password(password)
        else:
            _check_pin(password, user)

    def get_help_text(self) -> str:
        return str(_("6 to 12 digits that nobody can guess, or a sentence of 12 letters or more."))


def _check_password(password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise ValidationError(_("Choose a password of at least 12 characters."), code="too_short")
    CommonPasswordValidator().validate(password)


def _check_pin(pin: str, user: User | None) -> None:
    if not (pin.isascii() and pin.isdecimal()):
        if len(pin) < SHORTEST_PASSPHRASE:
            raise ValidationError(
                _("Choose 6 to 12 digits, or a sentence of at least 12 letters."), code="shape"
            )
        CommonPasswordValidator().validate(pin)
        return
    if not FEWEST_DIGITS <= len(pin) <= MOST_DIGITS:
        raise ValidationError(_("Choose a PIN of 6 to 12 digits."), code="length")
    if is_easy(pin):
        raise ValidationError(
            _("This PIN is easy to guess. Do not repeat digits or count up or down."), code="easy"
        )
    if looks_like_a_date(pin):
        raise ValidationError(
            _("This PIN looks like a date. People who know you could guess it."), code="date"
        )
    if user is not None and user.phone and pin in re.sub(r"\D", "", str(user.phone)):
        raise ValidationError(_("Do not use digits of your phone number."), code="phone")


def is_easy(pin: str) -> bool:
    """Say whether a PIN counts, or repeats one, two or three digits: what people try first."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    repeats = any(pin == (pin[:size] * len(pin))[: len(pin)] for size in (1, 2, 3))
    return repeats or steps in ({1}, {9})


def looks_like_a_date(pin: str) -> bool:
    """Say whether the digits are a day of the last hundred years, in any usual order."""
    return any(_is_past_day(pin, shape) for shape in DATE_SHAPES)


def _is_past_day(pin: str, shape: str) -> bool:
    if len(pin) != (8 if "%Y" in shape else 6):
        return False
    try:
        day = datetime.strptime(pin, shape).date()  # noqa: DTZ007 - a day, not a moment
    except ValueError:
        return False
    return date(FIRST_BIRTH_YEAR, 1, 1) <= day
