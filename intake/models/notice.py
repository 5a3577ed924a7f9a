"""What a family was told in writing about services, and which decisions a notice told."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet
from cms_portal.notifications.deadlines import reply_by
from intake.models.application import Application

USER = "accounts.User"


class Notice(models.Model):
    """One notice of decisions. Its words are its message; without one, nobody could be written to."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="notices")
    message = models.OneToOneField(
        "notifications.Message",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="notice",
    )
    sent_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    is_append_only = True
    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"notice {self.pk}"

    @property
    def sent_on(self) -> date:
        """The day it was made, as the calendar on the program's wall says."""
        return timezone.localdate(self.sent_at, programs.get(self.application.program).timezone)

    @property
    def review_by(self) -> date | None:
        """The last day to ask for a review; None while the notice has not gone out."""
        return reply_by(self.message) if self.message else None


class NoticeLine(models.Model):
    """One decision as a notice told it; a yes from a day, and until a day where an end is known."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="lines")
    decision = models.OneToOneField(
        "eligibility.ServiceDecision", on_delete=models.PROTECT, related_name="notice_line"
    )
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    is_append_only = True
    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
                name="notice_tells_an_end_after_the_start",
            )
        ]

    def __str__(self) -> str:
        return f"line {self.pk} of a notice"

    @property
    def last_day(self) -> date | None:
        return self.ends_on - timedelta(days=1) if self.ends_on else None
