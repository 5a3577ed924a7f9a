"""How a person may be reached: what they prefer, as far as it is safe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from cms_portal.database.prepared import prepared
from cms_portal.families.models import (
    Address,
    AddressKind,
    Authority,
    Block,
    Channel,
    Child,
    Guardian,
)

FIRST_TO_LAST = (AddressKind.SUBSTITUTE, AddressKind.MAILING, AddressKind.HOME)


@dataclass(frozen=True)
class Way:
    """A channel and the address used with it."""

    channel: str
    address: str


def way_to_reach(guardian: Guardian, on: date) -> Way | None:
    """Return the way this person prefers if it is safe, else a letter if that is, else None.

    Who agreed to letters online only reads them in the account, and gets a hint by email or text.
    """
    hints = (Channel.EMAIL, Channel.TEXT) if reads_online(guardian) else ()
    wished = [one for one in (guardian.preferred_channel,) if not (hints and one == Channel.LETTER)]
    for channel in dict.fromkeys((*wished, *hints, Channel.LETTER)):
        if address := safe_address(guardian, channel, on):
            return Way(channel, address)
    return None


def ways_beside_paper(guardian: Guardian, on: date) -> list[Way]:
    """Return the ways of what also comes on paper: the letter first, then the way this person prefers.

    No letter to who reads online, or where mail is not safe or has no address.
    """
    paper = None if reads_online(guardian) else way_by_mail(guardian, on)
    ways = [way for way in (paper, way_to_reach(guardian, on)) if way is not None]
    return list(dict.fromkeys(ways))


def reads_online(guardian: Guardian) -> bool:
    """Say whether letters come online only: agreed to, and with an account to read them in."""
    return guardian.online_only and guardian.user_id is not None


def way_by_mail(guardian: Guardian, on: date) -> Way | None:
    """Return the way of a letter, or None where mail is not safe or has no address."""
    address = safe_address(guardian, Channel.LETTER, on)
    return Way(Channel.LETTER, address) if address else None


def safe_address(guardian: Guardian, channel: str, on: date) -> str:
    """Return the address to use with a channel, or nothing where there is none or it is not safe."""
    if channel == Channel.EMAIL:
        return guardian.email
    if channel == Channel.TEXT:
        return _phone(guardian, is_safe=guardian.safe_to_text)
    if channel == Channel.VOICE:
        return _phone(guardian, is_safe=guardian.safe_to_leave_voicemail)
    return _mail(guardian, on)


def _phone(guardian: Guardian, *, is_safe: bool) -> str:
    return str(guardian.phone) if is_safe and guardian.phone and settings.PHONE_SENDER else ""


def _mail(guardian: Guardian, on: date) -> str:
    """Return the lines of the address for mail, or nothing where mail is not safe or has no address."""
    address = mail_address(guardian, on) if guardian.safe_to_mail else None
    return "\n".join([str(guardian), *address.lines]) if address else ""


def mail_address(guardian: Guardian, on: date) -> Address | None:
    """Return where mail goes: never where a child is placed, and to a confidential household only at its
    substitute address."""
    current = {address.kind: address for address in _addresses(guardian.household_id, on)}
    found = (current[kind] for kind in FIRST_TO_LAST if kind in current and current[kind].lines)
    return next(found, None)


def is_kept_away(guardian: Guardian, child: Child | None, on: date) -> bool:
    """Say whether nothing of this goes to an adult any more.

    They moved out; or a block, against them or their account, keeps them from the child or, for news
    of the home, from any child of it; or what they could see of the child has ended, as when a youth
    came of age.
    """
    if guardian.left_on is not None and guardian.left_on <= on:
        return True
    if child is None:
        return bool(_blocked_at_home(guardian.pk, guardian.household_id, on))
    if _blocked(guardian.pk, child.pk, on):
        return True
    held = _held(guardian.pk, child.pk, on)
    return bool(held) and all(row.ends_on is not None and row.ends_on <= on for row in held)


@prepared
def _addresses(household: Any, on: Any) -> QuerySet:
    return Address.objects.filter(household=household).on(on).not_hidden()


@prepared
def _blocked(guardian: Any, child: Any, on: Any) -> QuerySet:
    return Block.objects.on(on).filter(child=child).guardians().filter(pk=guardian)


@prepared
def _blocked_at_home(guardian: Any, household: Any, on: Any) -> QuerySet:
    blocks = Block.objects.on(on).filter(child__memberships__household=household)
    return blocks.guardians().filter(pk=guardian)


@prepared
def _held(guardian: Any, child: Any, on: Any) -> QuerySet:
    """Return what lets, or has let, an adult see a child, and until when."""
    return Authority.objects.filter(guardian=guardian, child=child, may_see=True, starts_on__lte=on)
