"""Ways from a child's record to pages of intake."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms_portal.access.roles import Permission
from cms_portal.families.leading import Way

WAYS = [
    Way(
        "intake:record_death",
        _("The child died"),
        Permission.CHILD_EDIT,
        lambda child: child.died_on is None,
    ),
    Way(
        "intake:death_in_error",
        _("Written down in error that the child died?"),
        Permission.CHILD_CONFIRM_MERGE,
        lambda child: child.died_on is not None,
    ),
]
