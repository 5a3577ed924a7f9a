"""Making a code, having it sent, and using it.

The request makes a row and asks a job to fill it, whether or not we know the address. Only the job
looks who is there, so the answer to a stranger takes the same words and the same time.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from cms_portal.accounts import guards, keys
from cms_portal.accounts.identifiers import Identifier
from cms_portal.accounts.models import CardCode, Purpose, SentCode, User
from cms_portal.accounts.models.codes import OneUseQuerySet

SHORT, LONG, SELECTOR = 6, 12, 5
SHORT_LIFE, LONG_LIFE = timedelta(minutes=10), timedelta(hours=1)
PERIOD = timedelta(hours=1)
# Codes asked for and not used, in an hour.
MOST_UNUSED, MOST_UNUSED_BY_DEVICE, MOST_UNUSED_BY_ADDRESS, MOST_UNUSED_LONG = 5, 10, 30, 2
# Purposes with an account whose owner must never be locked out.
WITH_LONG_CODES = {Purpose.SIGN_IN, Purpose.RESET}


def ask_for(
    request: HttpRequest,
    *,
    purpose: str,
    identifier: Identifier,
    user: User | None,
    channel: str,
    device: str = "",
) -> SentCode | None:
    """Have a code sent, in this order: a short one, a long one, or none while enough are unused."""
    now = timezone.now()
    if _may_send_short(request, identifier, device, now):
        return _make(request, purpose, identifier, user, channel, device, now)
    if purpose in WITH_LONG_CODES and _may_send_long(identifier, now):
        return _make(request, purpose, identifier, user, channel, device, now, is_long=True)
    return None


def _may_send_short(
    request: HttpRequest, identifier: Identifier, device: str, now: datetime
) -> bool:
    if not guards.would_look(request, identifier, device):
        return False
    unused = SentCode.objects.short().unused_since(now, PERIOD)
    if device:
        return unused.filter(device=device).count() < MOST_UNUSED_BY_DEVICE
    strangers = unused.filter(device="")
    return (
        strangers.filter(identifier=identifier.digest).count() < MOST_UNUSED
        and strangers.filter(address=_address(request)).count() < MOST_UNUSED_BY_ADDRESS
    )


def _may_send_long(identifier: Identifier, now: datetime) -> bool:
    unused = SentCode.objects.long().unused_since(now, PERIOD)
    return unused.filter(identifier=identifier.digest).count() < MOST_UNUSED_LONG


def _make(
    request: HttpRequest,
    purpose: str,
    identifier: Identifier,
    user: User | None,
    channel: str,
    device: str,
    now: datetime,
    *,
    is_long: bool = False,
) -> SentCode:
    from cms_portal.accounts.tasks import send_code

    code = SentCode.objects.create(
        purpose=purpose,
        user=user,
        identifier=identifier.digest,
        address=_address(request),
        device=device,
        channel=identifier.channel(channel),
        destination=identifier.value,
        language=(user.language if user else "") or get_language() or "en",
        selector=_digits(SELECTOR) if is_long else "",
        created_at=now,
        expires_at=now + (LONG_LIFE if is_long else SHORT_LIFE),
    )
    send_code.enqueue(code.pk)
    return code


def fill(code: SentCode) -> str:
    """Give a code its digits and return them, to be sent; only their digest is kept."""
    digits = code.selector + _digits((LONG if code.selector else SHORT) - len(code.selector))
    code.code_hash = _hash(code, digits)
    code.save(update_fields=["code_hash"])
    return digits


def use_short(code_id: int | None, digits: str) -> SentCode | None:
    """Use the code this browser asked for, if these are its digits: once, and before it expires."""
    code = SentCode.objects.short().filter(pk=code_id or 0).first()
    return code if code is not None and _use(code, digits) else None


def was_used(code_id: int | None) -> bool:
    """Say whether the code this browser asked for has done its work already."""
    return SentCode.objects.filter(pk=code_id or 0, used_at__isnull=False).exists()


def use_long(user: User | None, digits: str) -> SentCode | CardCode | None:
    """Use a long code sent to an account, or a code of its card; in any browser."""
    selector = digits[:SELECTOR]
    sent = (
        SentCode.objects.usable(timezone.now())
        .filter(user=user, user__isnull=False, purpose__in=WITH_LONG_CODES, selector=selector)
        .first()
    )
    if sent is not None and _use(sent, digits):
        return sent
    of_card = (
        CardCode.objects.usable(timezone.now())
        .filter(card__user=user, card__ended_at__isnull=True, selector=selector)
        .select_related("card")
        .first()
    )
    return of_card if of_card is not None and _use(of_card, digits) else None


def make_card_code(card_id: int, number: int) -> tuple[CardCode, str]:
    """Return one code of a card, unsaved, with its digits."""
    code = CardCode(card_id=card_id, number=number, selector=_digits(SELECTOR))
    digits = code.selector + _digits(LONG - SELECTOR)
    code.code_hash = _hash(code, digits)
    return code, digits


def _use(code: SentCode | CardCode, digits: str) -> bool:
    """Use a code if these are its digits. One that was sent to nobody costs the same, and never fits."""
    rows: OneUseQuerySet = type(code)._default_manager.filter(pk=code.pk)
    if not keys.matches(_salt(code), digits, code.code_hash):
        rows.count_wrong_guess()
        return False
    return rows.use(timezone.now())


def _salt(code: SentCode | CardCode) -> str:
    """A card's codes are made before they have a number: their card, and the digits, tell them apart."""
    return f"code:{code.pk}" if isinstance(code, SentCode) else f"card:{code.card_id}:{code.number}"


def _hash(code: SentCode | CardCode, digits: str) -> str:
    return keys.digest(_salt(code), digits)


def _digits(count: int) -> str:
    return f"{secrets.randbelow(10**count):0{count}}"


def _address(request: HttpRequest) -> str:
    return keys.digest("address", get_ip(request))
