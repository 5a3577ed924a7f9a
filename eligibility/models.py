"""What the rules recommended, and what a person decided. Rows are added, never changed."""

from __future__ import annotations

import uuid

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet

USER = "accounts.User"


class Outcome(models.TextChoices):
    """What a service's answer is, recommended or decided."""

    AVAILABLE = "available", _("Yes")
    NOT_AVAILABLE = "not_available", _("Not this one")
    UNKNOWN = "unknown", _("We need to know more")
    NEEDS_REVIEW = "needs_review", _("A person looks at this")


class Determination(models.Model):
    """What the rules said of one child's facts on one day, under one rulebook, kept word for word.

    `facts` and `services` have the shapes of the eligibility contract; a finding holds its message and
    its values, so that it can be read out in either language later.
    """

    program = programs.field()
    child = models.ForeignKey(
        "families.Child", on_delete=models.PROTECT, related_name="determinations"
    )
    household = models.ForeignKey(
        "families.Household", on_delete=models.PROTECT, related_name="determinations"
    )
    # What it was made for: an application's key, given by the app that keeps applications.
    case_key = models.UUIDField(default=uuid.uuid4, db_index=True)
    on = models.DateField()
    rulebook = models.CharField(max_length=64)
    facts = models.JSONField()
    services = models.JSONField()
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    is_append_only = True
    objects = TrackedQuerySet.as_manager()
    history = History()

    def __str__(self) -> str:
        return f"determination {self.pk}"


class ReasonCode(models.TextChoices):
    AGREES = "agrees", _("Agrees with the rules")
    PAPER_SHOWN = "paper_shown", _("A paper shows something else")
    FAMILY_TOLD = "family_told", _("The family told us more")
    MEDICAL_DIRECTOR = "medical_director", _("Decided when the condition was reviewed")
    EXCEPTION = "exception", _("The program allows an exception")
    REVIEW = "review", _("Decided when it was looked at again")
    RULE_MISREAD = "rule_misread", _("The rule does not fit this case")


class DecisionQuerySet(TrackedQuerySet):
    def in_force(self) -> DecisionQuerySet:
        """Keep the decisions that no later one replaces."""
        return self.filter(replaced_by__isnull=True)


class ServiceDecision(models.Model):
    """What a person decided for one service, and why; a later decision replaces it, none edits it."""

    determination = models.ForeignKey(
        Determination, on_delete=models.PROTECT, related_name="decisions"
    )
    case_key = models.UUIDField(db_index=True)
    service = models.CharField(max_length=60)
    recommended = models.CharField(max_length=15, choices=Outcome)
    outcome = models.CharField(max_length=15, choices=Outcome)
    reason_code = models.CharField(max_length=20, choices=ReasonCode)
    words = models.CharField(max_length=1000, blank=True)
    needs_countersign = models.BooleanField()
    decided_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    is_append_only = True
    objects = DecisionQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_key", "service"],
                condition=Q(replaces__isnull=True),
                name="one_first_decision_per_service",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["available", "not_available"]),
                name="a_person_decides_yes_or_no",
            ),
            models.CheckConstraint(
                condition=Q(recommended=models.F("outcome")) | ~Q(words=""),
                name="an_override_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}: {self.outcome}"

    @property
    def is_override(self) -> bool:
        return self.recommended != self.outcome

    @property
    def is_final(self) -> bool:
        """Whether it may be told to the family: signed by a second person where one is needed."""
        return not self.needs_countersign or hasattr(self, "countersignature")


class Countersignature(models.Model):
    """A second person stands behind a decision. It is of that decision alone: a new one needs its own."""

    decision = models.OneToOneField(
        ServiceDecision, on_delete=models.PROTECT, related_name="countersignature"
    )
    signed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    is_append_only = True
    objects = TrackedQuerySet.as_manager()
    history = History()

    def __str__(self) -> str:
        return f"countersignature of decision {self.decision_id}"


class DiagnosisCode(models.Model):
    """One code of ICD-10-CM with its published name, categories included.

    `plain` is the name as it is searched: lower case, without accents. Source: the yearly release of
    the National Center for Health Statistics, as the package `simple-icd-10-cm` carries it.
    """

    code = models.CharField(max_length=8, primary_key=True)
    name = models.CharField(max_length=250)
    plain = models.CharField(max_length=250)
    release = models.CharField(max_length=20)

    class Meta:
        indexes = [
            GinIndex(fields=["plain"], opclasses=["gin_trgm_ops"], name="diagnosis_code_words")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
