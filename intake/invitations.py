"""The invitations to help that somebody finds after signing in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from cms_portal.accounts import identifiers
from intake.models import HelpInvitation

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


def invitations_to(user: User, at: datetime) -> list[HelpInvitation]:
    """Return what waits for the email address and phone that this account has proven."""
    proven = (identifiers.of_email(user), identifiers.of_phone(user))
    digests = [one.digest for one in proven if one is not None]
    if not digests:
        return []
    waiting = HelpInvitation.objects.all().waiting(at).filter(for_account__in=digests)
    joined = waiting.select_related("application__child", "asked_by")
    return list(joined.order_by("asked_at", "pk"))
