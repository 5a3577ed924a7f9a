"""Opening, changing and closing accounts."""

from __future__ import annotations

from datetime import date
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
