"""What lies in an envelope: its pages in their order, and those that are still to sort."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cms_portal.documents.models import FilePage
from intake.models import Envelope

if TYPE_CHECKING:
    from django.db.models import QuerySet


def locked(envelope: Envelope) -> Envelope:
    """Return the envelope under lock: two people may sort it at once."""
    return Envelope.objects.select_for_update(of=("self",)).get(pk=envelope.pk)


def pages_of(envelope: Envelope) -> QuerySet[FilePage]:
    """Return the pages that came, in their order; pictures of the envelope itself are none."""
    scans: Any = {"envelope": envelope, "shows_envelope": False}
    found = FilePage.objects.filter(**{f"file__envelope_scan__{k}": v for k, v in scans.items()})
    return found.select_related("file").order_by("file__envelope_scan", "number")


def sorted_keys(envelope: Envelope) -> set[int]:
    """Return the keys of the pages that are filed or set aside."""
    lists = envelope.filings.standing().values_list("pages", flat=True)
    return {key for keys in lists for key in keys}


def left_over(envelope: Envelope) -> list[FilePage]:
    """Return the pages that are still to sort, in their order."""
    done = sorted_keys(envelope)
    return [page for page in pages_of(envelope) if page.pk not in done]
