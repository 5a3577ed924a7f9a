"""Nothing begins, and nothing is opened again, for a child who died."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms_portal.families.models import Child

NOTHING_BEGINS = _(
    "We have written down that this child died, and start nothing. Is that wrong? Call us."
)


class ChildDied(ValueError):
    """The child has died: nobody starts, renews or opens anything for them."""


def check_lives(child: Child) -> None:
    """Raise ChildDied for a child whose death is written down, asking the record anew."""
    if Child.objects.filter(pk=child.pk, died_on__isnull=False).exists():
        raise ChildDied(child.pk)
