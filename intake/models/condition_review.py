"""The Medical Director's word on a condition that no list names."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet, save_tracked
from intake.models.application import Application
from intake.models.assessment import ReportedCondition
from intake.states import OPEN, Status, WrongMove

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

USER = "accounts.User"


class ReviewState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("condition", "Waits for an answer")
    ANSWERED = "answered", pgettext_lazy("condition", "Answered")
    WITHDRAWN = "withdrawn", pgettext_lazy("condition", "No longer asked")


class ReviewAnswer(models.TextChoices):
    COUNTS = "counts", pgettext_lazy("condition", "Counts as an eligible condition")
    DOES_NOT_COUNT = "does_not_count", pgettext_lazy("condition", "Does not count")
    MORE_PAPERS = "more_papers", pgettext_lazy("condition", "More papers are needed")


MOVES: dict[ReviewState, list[ReviewState]] = {
    ReviewState.WAITING: [ReviewState.ANSWERED, ReviewState.WITHDRAWN],
    ReviewState.ANSWERED: [],
    ReviewState.WITHDRAWN: [],
}


class ConditionReviewQuerySet(TrackedQuerySet):
    def waiting(self) -> ConditionReviewQuerySet:
        """Keep those that wait for an answer, of applications that can still be decided."""
        still_open = [status for status in OPEN if status != Status.DRAFT]
        return self.filter(state=ReviewState.WAITING, application__status__in=still_open)

    def answered(self) -> ConditionReviewQuerySet:
        return self.filter(state=ReviewState.ANSWERED)

    def longest_first(self) -> ConditionReviewQuerySet:
        return self.order_by("asked_at", "pk")


class ConditionReview(models.Model):
    """One look at one confirmed condition. It is answered once; a new look is a row of its own."""

    program = programs.field()
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="condition_reviews"
    )
    condition = models.ForeignKey(
        ReportedCondition, on_delete=models.PROTECT, related_name="reviews"
    )
    # As it was when it was asked about: an answer holds for this code and for no corrected one.
    code = models.CharField(_("ICD-10-CM code"), max_length=8)
    # What the rule said, as a determination stores it, and the services for which it said so.
    finding = models.JSONField()
    asked_services = ArrayField(models.CharField(max_length=60))
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    state = models.CharField(
        _("where it stands"), max_length=10, choices=ReviewState, default=ReviewState.WAITING
    )
    answer = models.CharField(_("answer"), max_length=15, choices=ReviewAnswer, blank=True)
    services = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("for these services"),
        default=list,
        blank=True,
    )
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    closed_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ConditionReviewQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["condition"],
                condition=Q(state=ReviewState.WAITING),
                name="one_waiting_review_of_a_condition",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=ReviewState.WAITING, closed_at__isnull=True, closed_by__isnull=True
                )
                | ~Q(state=ReviewState.WAITING)
                & Q(closed_at__isnull=False, closed_by__isnull=False),
                name="condition_review_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.ANSWERED) & ~Q(answer="") & ~Q(reason="")
                | ~Q(state=ReviewState.ANSWERED) & Q(answer=""),
                name="condition_review_is_answered_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["program", "asked_at"],
                condition=Q(state=ReviewState.WAITING),
                name="condition_reviews_waiting",
            ),
            models.Index(fields=["program", "code"], name="condition_reviews_by_code"),
        ]

    def __str__(self) -> str:
        return f"review of {self.condition}"

    def move_to(self, state: str, *, by: User, at: datetime, reason: str) -> ConditionReview:
        """Close it and save; raise WrongMove once it was. The application's row must be locked."""
        if state not in MOVES[ReviewState(self.state)]:
            raise WrongMove(self.state, state)
        self.state, self.closed_by, self.closed_at = state, by, at
        return save_tracked(self, by=by, reason=reason)
