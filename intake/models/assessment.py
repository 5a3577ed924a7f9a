"""What a household tells about a child, once for each application; a blank is a question not answered yet."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms_portal.audit.tracking import History, TrackedQuerySet
from eligibility.choices import IncomePeriod
from intake.models.answers_health import ConsequenceAnswers, HealthAnswers, WishAnswers
from intake.models.answers_home import CoverageAnswers, HomeAnswers
from intake.models.application import Application
from intake.models.words import AssetKind, ConditionStatus, IncomeSource


class Assessment(HomeAnswers, CoverageAnswers, HealthAnswers, WishAnswers, ConsequenceAnswers):
    """The answers of one application. Both programs use it; each asks only its own questions."""

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="assessment"
    )

    saved_at = models.DateTimeField(null=True, blank=True)

    objects = TrackedQuerySet.as_manager()
    history = History()

    def __str__(self) -> str:
        return f"answers of {self.application}"


class ReportedCondition(models.Model):
    """A condition the family tells of, or a worker has seen on a paper."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="conditions")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("in the family’s words"), max_length=200, blank=True)
    icd10 = models.CharField(_("ICD-10-CM code"), max_length=8, blank=True)
    status = models.CharField(
        _("who says so"), max_length=10, choices=ConditionStatus, default=ConditionStatus.REPORTED
    )
    on_seizure_medication = models.BooleanField(_("takes seizure medicine"), null=True, blank=True)
    diagnosed_by = models.CharField(_("which doctor, and when"), max_length=150, blank=True)
    is_withdrawn = models.BooleanField(_("taken off the list"), default=False)

    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"condition {self.pk}"


class IncomeLine(models.Model):
    """One source of money of the household, before taxes."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="income")
    position = models.PositiveSmallIntegerField(default=0)
    whose = models.CharField(_("whose income"), max_length=100, blank=True)
    source = models.CharField(_("from what"), max_length=12, choices=IncomeSource, blank=True)
    amount = models.DecimalField(
        _("amount"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    period = models.CharField(_("how often"), max_length=12, choices=IncomePeriod, blank=True)
    is_withdrawn = models.BooleanField(_("taken off the list"), default=False)

    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="income_is_not_negative"
            )
        ]

    def __str__(self) -> str:
        return f"income {self.pk}"


class Asset(models.Model):
    """Something the household owns that counts as an asset. No limit is published; a person looks at it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="assets")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("what it is"), max_length=10, choices=AssetKind, blank=True)
    amount = models.DecimalField(
        _("worth"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    is_withdrawn = models.BooleanField(_("taken off the list"), default=False)

    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="asset_is_not_negative"
            )
        ]

    def __str__(self) -> str:
        return f"asset {self.pk}"
