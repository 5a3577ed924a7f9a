"""What the portal writes to people about their own account."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language

from cms_portal.accounts.models import Channel, SentCode, User
from cms_portal.notifications import actions as notifications
from cms_portal.notifications.models import CODE_PLACE


def send_code(code: SentCode, digits: str) -> None:
    """Send a code where it was asked for; a long one says that it works in any browser."""
    if not code.selector:
        notifications.send_code(
            user=code.user,
            address=code.destination,
            code=digits,
            channel=code.channel,
            language=code.language,
            until=code.expires_at,
        )
        return
    notifications.write_to(
        key="accounts/long_code",
        channel=code.channel,
        address=code.destination,
        language=code.language,
        user=code.user,
        outside={"code": CODE_PLACE},
        secret=" ".join(digits) if code.channel == Channel.VOICE else _in_groups(digits),
        useful_until=code.expires_at,
        urgent=True,
    )


def say_already_in_use(code: SentCode, owner: User) -> None:
    """Tell whoever owns an address that somebody, perhaps they themselves, gave it as new."""
    notifications.write_to(
        key="accounts/address_in_use",
        channel=code.channel,
        address=code.destination,
        language=owner.language or code.language,
        user=owner,
    )


def tell(user: User, what: str, *, also: tuple[str | None, str | None] = (None, None)) -> None:
    """Write `accounts/<what>` to every address of an account, and to an old email and phone."""
    for channel, address in _addresses(user, also):
        notifications.write_to(
            key=f"accounts/{what}",
            channel=channel,
            address=address,
            language=user.language or get_language() or "en",
            user=user,
        )


def _addresses(user: User, also: tuple[Any, Any]) -> Iterator[tuple[str, str]]:
    for email in dict.fromkeys(filter(None, [user.email, also[0]])):
        yield Channel.EMAIL, email
    for phone in dict.fromkeys(str(number) for number in [user.phone, also[1]] if number):
        yield Channel.TEXT, phone


def _in_groups(digits: str) -> str:
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
