"""Writing down who looked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from cms_portal.audit import context
from cms_portal.audit.models import AccessEvent
from cms_portal.database.columns import insert_columns

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.families.models import Child


def note_access(
    *,
    by: User | None,
    page: str,
    child: Child | None,
    program: str | None = None,
    subject: models.Model | None = None,
    household_id: int | None = None,
    action: str = AccessEvent.Action.VIEW,
    reason: str = "",
) -> AccessEvent:
    """Keep that `by` looked at one page; call it in the transaction that makes the page.

    Without a child it says the `program`. `household_id` is whose telling the page shows; without one
    it shows the child's own facts.
    """
    return AccessEvent.objects.create(
        actor_id=by.pk if by else None,
        page=page,
        program=program or child.program,  # type: ignore[union-attr]
        child_id=child.pk if child else None,
        household_id=household_id,
        action=action,
        reason=reason,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=str(subject.pk) if subject else "",
        request_id=context.current().request_id,
    )


def note_access_to_told(
    *,
    by: User,
    page: str,
    rows: Iterable[Any],
    action: str = AccessEvent.Action.LIST,
) -> None:
    """Keep that `by` saw in a list what households told of children: no other home learns of it.

    Each row has a `program`, a `child` and a `household`.
    """
    seen = {(row.child_id, row.household_id): row.program for row in rows if row.child_id}
    _note_list(
        by=by,
        page=page,
        action=action,
        program=list(seen.values()),
        child_id=[child for child, _household in seen],
        household_id=[household for _child, household in seen],
    )


def note_access_to_many(
    *, by: User, page: str, children: Iterable[Child], action: str = AccessEvent.Action.LIST
) -> None:
    """Keep that `by` saw these children in a list or a search."""
    seen = {child.pk: child.program for child in children}
    _note_list(by=by, page=page, action=action, program=list(seen.values()), child_id=list(seen))


def _note_list(*, by: User, page: str, action: str, **each: list[Any]) -> None:
    if not each["child_id"]:
        return
    shared = {
        "at": timezone.now(),
        "actor_id": by.pk,
        "page": page,
        "action": action,
        "request_id": context.current().request_id,
    }
    insert_columns(AccessEvent, shared=shared, each=each)
