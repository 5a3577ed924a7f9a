"""What people sign in with: an email address, a phone number, or a user name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models.functions import Lower
from phonenumber_field.phonenumber import to_python

from cms_portal.accounts import keys
from cms_portal.accounts.models import Channel, User


class Kind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"
    USER_NAME = "user_name"


@dataclass(frozen=True)
class Identifier:
    """One way to name an account, in the one spelling that we compare."""

    kind: Kind
    value: str

    @property
    def digest(self) -> str:
        return keys.digest("identifier", f"{self.kind}:{self.value}")

    @property
    def can_be_written_to(self) -> bool:
        return self.kind != Kind.USER_NAME

    def channel(self, wanted: str) -> Channel:
        """Return how a code goes there: email to an email address, else text or voice as wanted."""
        if self.kind == Kind.EMAIL:
            return Channel.EMAIL
        return Channel.VOICE if wanted == Channel.VOICE else Channel.TEXT


def read(typed: str) -> Identifier:
    """Return what was typed as an identifier: anything is at least a user name."""
    text = typed.strip()
    if "@" in text:
        return Identifier(Kind.EMAIL, text.lower())
    phone = to_python(text, region="US")
    if phone and phone.is_valid():
        return Identifier(Kind.PHONE, phone.as_e164)
    return Identifier(Kind.USER_NAME, text.lower())


def of_phone(user: User) -> Identifier | None:
    return Identifier(Kind.PHONE, user.phone.as_e164) if user.phone else None


def of_email(user: User) -> Identifier | None:
    return Identifier(Kind.EMAIL, user.email.lower()) if user.email else None


def account_of(identifier: Identifier, on: date) -> User | None:
    """Return the account that is open on a day, or None: closed and missing look the same."""
    users = User.objects.alias(low_email=Lower("email"), low_name=Lower("username"))
    column = {Kind.EMAIL: "low_email", Kind.PHONE: "phone", Kind.USER_NAME: "low_name"}
    user = users.filter(**{column[identifier.kind]: identifier.value}).first()
    return user if user is not None and user.may_sign_in(on) else None
