"""What we write to somebody who referred a child: a link to the receipt, and that there is news."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from cms_portal import programs
from cms_portal.access import links
from cms_portal.access.models import LinkPurpose
from cms_portal.families.models import Channel
from cms_portal.notifications.actions import write_to
from cms_portal.notifications.models import CODE_PLACE, Message
from intake.models import Referral

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


def make_link(referral: Referral, *, by: User, at: datetime) -> str:
    """Return the token of a new link to the receipt; it is kept nowhere."""
    lasts = timedelta(days=programs.get(referral.program).clock("referral_receipt_days"))
    return links.make(purpose=LinkPurpose.RECEIPT, about=referral, expires_at=at + lasts, by=by)


def receipt_address(token: str) -> str:
    return settings.PUBLIC_ADDRESS + reverse("intake:referral_receipt", args=[token])


def send_receipt(referral: Referral, token: str, *, by: User) -> Message | None:
    """Send the link that the page showed, to whoever asked for it there."""
    return _write(referral, "intake/referral_receipt", token, by=by)


def say_there_is_news(referral: Referral, *, by: User, at: datetime) -> Message | None:
    """Say that there is news, and not which; it is read on the receipt."""
    if not referral.news_by:
        return None
    return _write(referral, "intake/referral_news", make_link(referral, by=by, at=at), by=by)


def _write(referral: Referral, key: str, token: str, *, by: User) -> Message | None:
    by_mail = referral.news_by == Channel.EMAIL
    address = referral.referrer_email if by_mail else str(referral.referrer_phone)
    if not referral.news_by or not address:
        return None
    # The token stands apart from the text, as a code does, and is wiped once the message has left.
    page = receipt_address("token").replace("/token/", f"/{CODE_PLACE}/")
    return write_to(
        key=key,
        channel=referral.news_by,
        address=address,
        language=referral.language,
        program=referral.program,
        outside={"number": referral.number, "page": page},
        secret=token,
        by=by,
    )
