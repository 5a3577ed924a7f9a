"""A change that a family told us of between two applications."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet, save_tracked
from intake.models.application import USER, Application
from intake.states import WrongMove

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


class ChangeState(models.TextChoices):
    NEW = "new", pgettext_lazy("change", "We have it")
    LOOKED_AT = "looked_at", pgettext_lazy("change", "Looked at")


MOVES: dict[ChangeState, list[ChangeState]] = {
    ChangeState.NEW: [ChangeState.LOOKED_AT],
    ChangeState.LOOKED_AT: [],
}


class ChangeReport(models.Model):
    """What changed, since when the family knows, and by which day it was to be told.

    It changes neither answers nor addresses: a person looks at it.
    """

    program = programs.field()
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="change_reports"
    )
    # The name of a kind in the program's folder.
    kind = models.CharField(max_length=30)
    became_aware_on = models.DateField(_("known since"))
    words = models.CharField(_("what changed"), max_length=1000)
    amount = models.DecimalField(
        _("amount"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    liable_party = models.CharField(_("who may have to pay"), max_length=200, blank=True)
    attorneys = models.CharField(_("attorneys"), max_length=500, blank=True)
    back_on = models.DateField(_("back on"), null=True, blank=True)
    # Who said it to a worker; empty where the family wrote it itself.
    said_name = models.CharField(_("who said it"), max_length=150, blank=True)
    reported_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(_("told at"))
    due_on = models.DateField(_("to be told by"), null=True, blank=True)
    state = models.CharField(
        _("where it stands"), max_length=10, choices=ChangeState, default=ChangeState.NEW
    )
    done = models.CharField(_("what was done"), max_length=500, blank=True)
    looked_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    looked_at = models.DateTimeField(null=True, blank=True)

    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state=ChangeState.NEW, looked_at__isnull=True, looked_by__isnull=True, done=""
                )
                | Q(state=ChangeState.LOOKED_AT, looked_at__isnull=False, looked_by__isnull=False)
                & ~Q(done=""),
                name="change_looked_at_by_somebody_who_says_what_was_done",
            )
        ]

    def __str__(self) -> str:
        return f"change for {self.application}"

    def get_absolute_url(self) -> str:
        return reverse("intake:change", args=[self.pk])

    @property
    def reported_on(self) -> date:
        """The day it was told, on the wall of the program's offices."""
        return timezone.localdate(self.reported_at, programs.get(self.program).timezone)

    @property
    def is_late(self) -> bool:
        """Whether it was told after its day: a fact for staff, from which nothing follows by itself."""
        return self.due_on is not None and self.reported_on > self.due_on

    def look_at(self, *, done: str, by: User, at: datetime) -> ChangeReport:
        """Keep what a person did about it; raise WrongMove once somebody has. The row must be locked."""
        if ChangeState.LOOKED_AT not in MOVES[ChangeState(self.state)]:
            raise WrongMove(self.state, ChangeState.LOOKED_AT)
        self.state, self.done, self.looked_by, self.looked_at = (
            ChangeState.LOOKED_AT,
            done,
            by,
            at,
        )
        return save_tracked(self, by=by, reason=done)
