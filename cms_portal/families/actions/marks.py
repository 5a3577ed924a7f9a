"""Two children who look like one are told apart; or it turns out that they are one after all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from cms_portal.audit.tracking import save_tracked
from cms_portal.families.actions.locking import both_locked
from cms_portal.families.models import Child, NotTheSame

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


@transaction.atomic
def tell_apart(*, one: Child, other: Child, kind: str, by: User, reason: str = "") -> NotTheSame:
    """Say that two children are not one; the pair is not offered again. Said twice, it is said once."""
    one, other = both_locked(one, other)
    first, second = sorted([one, other], key=lambda child: child.pk)
    standing = NotTheSame.objects.standing().filter(first=first, second=second).first()
    if standing is not None:
        return standing
    mark = NotTheSame(
        first=first,
        second=second,
        program=one.program,
        kind=kind,
        reason=reason,
        said_by=by,
        said_at=timezone.now(),
    )
    return save_tracked(mark, by=by, reason=reason or "two children, not one")


@transaction.atomic
def take_back_mark(*, mark: NotTheSame, by: User, reason: str) -> NotTheSame:
    """Let the pair be offered again."""
    mark = NotTheSame.objects.select_for_update(of=("self",)).get(pk=mark.pk)
    if mark.taken_back_at is None:
        mark.taken_back_at, mark.taken_back_by = timezone.now(), by
        save_tracked(mark, by=by, reason=reason)
    return mark
