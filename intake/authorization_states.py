"""The states of a prior authorization, and every move between them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class AuthorizationState(models.TextChoices):
    REQUESTED = "requested", pgettext_lazy("authorization", "Asked for")
    APPROVED = "approved", pgettext_lazy("authorization", "Approved")
    DENIED = "denied", pgettext_lazy("authorization", "Not approved")
    WITHDRAWN = "withdrawn", pgettext_lazy("authorization", "Taken back")
    CANCELLED = "cancelled", pgettext_lazy("authorization", "Cancelled")
    EXPIRED = "expired", pgettext_lazy("authorization", "Its time is over")


S = AuthorizationState
WAS_APPROVED = [S.APPROVED, S.CANCELLED, S.EXPIRED]
DECIDED = [S.DENIED, *WAS_APPROVED]
CLOSED = [S.WITHDRAWN, S.CANCELLED, S.EXPIRED]
FINAL = [S.DENIED, *CLOSED]

MOVES: dict[str, list[str]] = {
    S.REQUESTED: [S.APPROVED, S.DENIED, S.WITHDRAWN],
    S.APPROVED: [S.CANCELLED, S.EXPIRED],
    # What was refused is asked for anew, with what was missing.
    S.DENIED: [],
    S.WITHDRAWN: [],
    S.CANCELLED: [],
    S.EXPIRED: [],
}
