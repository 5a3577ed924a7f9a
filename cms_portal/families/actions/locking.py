"""Locking a child's record, or a pair of them, for a change: one that was joined with another takes none."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cms_portal.families.actions.dated import NotAllowedHere
from cms_portal.families.models import Child


def locked(child: Child) -> Child:
    """Lock a child's row and read it anew; raise NotAllowedHere if it was joined with another meanwhile."""
    child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    if child.merged_into_id:
        raise NotAllowedHere(_("This record was joined with another meanwhile."))
    return child


def both_locked(one: Child, other: Child) -> tuple[Child, Child]:
    """Lock two children in the order of their numbers; raise NotAllowedHere unless they can be a pair."""
    if one.pk == other.pk:
        raise NotAllowedHere(_("These are not two records."))
    first, second = (locked(child) for child in sorted([one, other], key=lambda child: child.pk))
    if first.program != second.program:
        raise NotAllowedHere(_("Records of different programs stay apart."))
    return (first, second) if first.pk == one.pk else (second, first)
