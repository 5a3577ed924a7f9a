"""Opening, changing and closing accounts."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from cms_portal.accounts.models import RoleGrant, User, UserKind
from cms_portal.audit.tracking import save_tracked

if TYPE_CHECKING:
    from cms_portal.offices.models import Office, Region

# The portal itself, as it signs its own work: made at set-up.
SYSTEM = "system"


def system_user(name: str = SYSTEM) -> User:
    """Return the named account by which the portal's own commands act; it can never sign in."""
    user = User.objects.filter(username=name).first()
    if user is None:
        user = User(
            username=name, name="The portal" if name == SYSTEM else name, kind=UserKind.SYSTEM
        )
        user.set_unusable_password()
        user = _save_as_itself(user)
    return user


def _save_as_itself(user: User) -> User:
    """Save the first row of all, of which nobody but itself can be the actor."""
    from cms_portal.audit import context

    with context.acting(by=user, reason="account opened"):
        user.save()
    return user


@transaction.atomic
def open_account(
    *,
    username: str,
    name: str,
    kind: str,
    by: User | None,
    password: str | None = None,
    **facts: Any,
) -> User:
    """Open an account for a family member or for staff; without `by`, the person opens their own."""
    user = User(username=username, name=name, kind=kind, **facts)
    user.set_password(password)
    user.full_clean()
    if by is None:
        return _save_as_itself(user)
    return save_tracked(user, by=by, reason="account opened")


@transaction.atomic
def open_family_account(
    *,
    name: str,
    by: User | None,
    pin: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    phone_verified_at: datetime | None = None,
    language: str = "",
) -> User:
    """Open an account for a family, under a user name that tells nothing about them."""
    return open_account(
        username=_unused_user_name(),
        name=name,
        kind=UserKind.FAMILY,
        password=pin,
        email=email,
        phone=phone,
        phone_verified_at=phone_verified_at,
        language=language,
        by=by,
    )


def _unused_user_name() -> str:
    """Return a name of digits that are easy to copy from a card: "family-482-913-07"."""
    while True:
        digits = f"{secrets.randbelow(10**8):08}"
        name = f"family-{digits[:3]}-{digits[3:6]}-{digits[6:]}"
        if not User.objects.filter(username=name).exists():
            return name


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: str,
    program: str,
    starts_on: date,
    by: User,
    office: Office | None = None,
    region: Region | None = None,
    ends_on: date | None = None,
    reason: str = "role given",
) -> RoleGrant:
    """Give a staff member a role in one program from a day."""
    grant = RoleGrant(
        user=user,
        role=role,
        program=program,
        office=office,
        region=region,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by=by,
    )
    return save_tracked(grant, by=by, reason=reason)


@transaction.atomic
def end_employment(*, user: User, on: date, by: User, reason: str) -> User:
    """Close a staff account from a day; it bites on their next click."""
    user.ends_on = on
    return save_tracked(user, by=by, reason=reason)


@transaction.atomic
def choose_language(*, user: User, language: str, by: User) -> User:
    """Remember the language a person reads; choosing the same again writes nothing."""
    if user.language == language:
        return user
    user.language = language
    return save_tracked(user, by=by, reason="language chosen")


@transaction.atomic
def change_name(*, user: User, name: str, by: User) -> User:
    """Let a person be called what they say."""
    user.name = name
    return save_tracked(user, by=by, reason="name changed")


@transaction.atomic
def change_email(*, user: User, email: str | None, by: User) -> User:
    """Put a new email address, which was proven, in place of the old one; None removes it."""
    user.email = email
    return save_tracked(user, by=by, reason="email changed" if email else "email removed")


@transaction.atomic
def change_phone(*, user: User, phone: str | None, at: datetime, by: User) -> User:
    """Put a new phone number, which was proven, in place of the old one; None removes it."""
    user.phone = phone
    user.phone_verified_at = at if phone else None
    return save_tracked(user, by=by, reason="phone changed" if phone else "phone removed")


@transaction.atomic
def set_pin(*, user: User, pin: str, by: User, reason: str) -> User:
    """Give an account a new PIN or password; its sessions elsewhere end with their next click."""
    user.set_password(pin)
    return save_tracked(user, by=by, reason=reason)


@transaction.atomic
def forget_pin(*, user: User, by: User, reason: str) -> User:
    """Take a forgotten PIN away, so that a new card lets the person choose another."""
    user.set_unusable_password()
    return save_tracked(user, by=by, reason=reason)
