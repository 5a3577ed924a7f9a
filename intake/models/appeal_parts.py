"""What belongs to a review: what the family sent, what it was asked, who reads, and what they read."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet
from cms_portal.database.constraints import by_somebody
from intake.appeal_states import AppealState
from intake.models.appeal import Appeal
from intake.models.application import USER


class AppealQuestionQuerySet(TrackedQuerySet):
    def unanswered(self) -> AppealQuestionQuerySet:
        """Keep what a committee waits for."""
        return self.filter(appeal__state=AppealState.INFO_REQUESTED, answers__isnull=True)


class AppealQuestion(models.Model):
    """Something more that the committee asks the family for, by a day it sets."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="questions")
    words = models.CharField(_("what is asked"), max_length=1000)
    due_on = models.DateField(_("to be sent by"))
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    is_append_only = True
    objects = AppealQuestionQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"question in {self.appeal}"


class AppealPart(models.Model):
    """One thing the family sent for a review: words, a paper, or both. What came late stays, too."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="parts")
    question = models.ForeignKey(
        AppealQuestion, null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )
    # As long as a request may be: what is asked for again is kept as a part of the first.
    words = models.CharField(_("in words"), max_length=3000, blank=True)
    document = models.ForeignKey(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    is_append_only = True
    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") | Q(document__isnull=False),
                name="appeal_part_says_something",
            )
        ]

    def __str__(self) -> str:
        return f"part of {self.appeal}"

    @property
    def sent_on(self) -> date:
        return timezone.localdate(self.sent_at, programs.get(self.appeal.program).timezone)

    @property
    def is_late(self) -> bool:
        """Whether it came after the day that the committee set: a fact, which the committee weighs."""
        return self.question is not None and self.sent_on > self.question.due_on


class CommitteeSeat(models.Model):
    """One person reads one review for the committee, until another takes the seat."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="seats")
    member = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="committee_seats")
    # As the review has it, so that the database refuses whoever took part in the decision.
    took_part = ArrayField(models.BigIntegerField())
    named_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    left_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appeal", "member"],
                condition=Q(left_at__isnull=True),
                name="one_seat_per_committee_member",
            ),
            by_somebody("committee_seat", "left"),
            models.CheckConstraint(
                condition=~Q(took_part__contains=[F("member")]),
                name="committee_without_who_decided_before",
            ),
        ]

    def __str__(self) -> str:
        return f"seat of {self.member_id} in {self.appeal}"


class AppealEvidence(models.Model):
    """A paper on which the committee's answer rests."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="evidence")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")

    is_append_only = True
    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appeal", "document"], name="paper_once_among_appeal_evidence"
            )
        ]

    def __str__(self) -> str:
        return f"evidence in {self.appeal}"


class EvidencePack(models.Model):
    """What the committee reads, in one file, as it was on the day it was made. It never changes."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="packs")
    stored_as = models.CharField(max_length=100, unique=True)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(_("digest"), max_length=64)
    pages = models.PositiveIntegerField(_("pages"))
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    is_append_only = True
    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"evidence pack of {self.appeal}"
