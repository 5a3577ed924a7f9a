"""Where the paper stands that came by mail, fax, as a scan or by hand, and the table of its moves."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class CameBy(models.TextChoices):
    """How it came."""

    MAIL = "mail", pgettext_lazy("paper", "Mail")
    FAX = "fax", pgettext_lazy("paper", "Fax")
    SCAN = "scan", pgettext_lazy("paper", "Scanned file")
    HAND = "hand", pgettext_lazy("paper", "Brought by hand")


class EnvelopeState(models.TextChoices):
    """Where an envelope stands."""

    RECEIVED = "received", pgettext_lazy("paper", "Being checked")
    TO_SORT = "to_sort", pgettext_lazy("paper", "To be sorted")
    UNMATCHED = "unmatched", pgettext_lazy("paper", "Unmatched")
    FILED = "filed", pgettext_lazy("paper", "Filed")
    NOT_OURS = "not_ours", pgettext_lazy("paper", "Not for us")


E = EnvelopeState
WAITING = [E.RECEIVED, E.TO_SORT, E.UNMATCHED]
ENVELOPE_MOVES: dict[str, list[str]] = {
    E.RECEIVED: [E.TO_SORT, E.FILED, E.NOT_OURS],
    E.TO_SORT: [E.UNMATCHED, E.FILED, E.NOT_OURS, E.RECEIVED],
    E.UNMATCHED: [E.TO_SORT, E.FILED, E.NOT_OURS, E.RECEIVED],
    # A paper filed with the wrong child is sorted again.
    E.FILED: [E.TO_SORT],
    E.NOT_OURS: [E.TO_SORT],
}
