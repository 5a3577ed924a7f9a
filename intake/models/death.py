"""That a child died: who told us and when, and whether it was written down in error."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet, save_tracked
from intake.models.application import USER

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


class DeathQuerySet(TrackedQuerySet):
    def standing(self) -> DeathQuerySet:
        """Leave out what was written down in error."""
        return self.filter(taken_back_at__isnull=True)


class Death(models.Model):
    """What we were told of a child's death; the day itself stands in the child's record."""

    program = programs.field()
    child = models.ForeignKey("families.Child", on_delete=models.PROTECT, related_name="deaths")
    # Where the day is not known, it is the day on which we were told.
    is_day_known = models.BooleanField(_("the day is known"))
    told_by = models.CharField(_("who told us"), max_length=150)
    kept_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_why = models.CharField(_("why it was in error"), max_length=500, blank=True)

    objects = DeathQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"],
                condition=Q(taken_back_at__isnull=True),
                name="a_child_dies_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_why=""
                )
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False)
                & ~Q(taken_back_why=""),
                name="death_taken_back_by_somebody_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"death {self.pk}"

    def take_back(self, *, why: str, by: User, at: datetime) -> Death:
        """Keep that it was written down in error, and why."""
        self.taken_back_why, self.taken_back_by, self.taken_back_at = why, by, at
        return save_tracked(self, by=by, reason=why)
