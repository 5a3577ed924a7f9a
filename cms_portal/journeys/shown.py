"""What a page showed when it was opened: so that nobody takes back unseen what was saved meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "cms_portal.journeys.shown"


@dataclass(frozen=True)
class Shown:
    """When a page was opened, and a fingerprint of the answers that stood on it."""

    at: datetime
    version: str

    def __str__(self) -> str:
        return f"{self.at.timestamp():.6f}:{self.version}"

    def is_still(self, version: str) -> bool:
        return constant_time_compare(self.version, version)


def shown_in(sent: str) -> Shown | None:
    """Return what a page says it showed; None for one that does not say."""
    moment, _colon, version = sent.partition(":")
    try:
        return Shown(datetime.fromtimestamp(float(moment), UTC), version)
    except (ValueError, OverflowError, OSError):
        return None


def version_of(initial: Any) -> str:
    """Return the fingerprint of what the record holds for a page; it tells nothing by itself."""
    return salted_hmac(_SALT, repr(_plain(initial)), algorithm="sha256").hexdigest()[:40]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return sorted((name, _plain(one)) for name, one in value.items())
    if isinstance(value, list | tuple | set):
        return [_plain(one) for one in value]
    return "" if value is None else str(getattr(value, "pk", value))
