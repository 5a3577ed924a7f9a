"""Writing down who looked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models

from cms_portal.audit import context
from cms_portal.audit.models import AccessEvent

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.families.models import Child


def note_access(
    *,
    by: User | None,
    page: str,
    child: Child,
    subject: models.Model | None = None,
    action: str = AccessEvent.Action.VIEW,
    reason: str = "",
) -> AccessEvent:
    """Keep that `by` looked at one child's page; call it in the transaction that makes the page."""
    return AccessEvent.objects.create(**_event(by, page, child, subject, action, reason))


def note_access_to_many(
    *, by: User, page: str, children: Iterable[Child], action: str = AccessEvent.Action.LIST
) -> None:
    """Keep that `by` saw these children in a list or a search."""
    AccessEvent.objects.bulk_create(
        AccessEvent(**_event(by, page, child, None, action, "")) for child in children
    )


def _event(
    by: User | None, page: str, child: Child, subject: models.Model | None, action: str, reason: str
) -> dict[str, object]:
    return {
        "actor": by,
        "program": child.program,
        "child": child,
        "action": action,
        "page": page,
        "subject_type": subject._meta.label_lower if subject else "",
        "subject_id": str(subject.pk) if subject else "",
        "reason": reason,
        "request_id": context.current().request_id,
    }
