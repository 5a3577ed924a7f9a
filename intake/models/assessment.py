"""What a household tells about a child, once for each application; a blank is a question not answered yet."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from cms_portal.audit.tracking import History, TrackedQuerySet
from eligibility.choices import (
    MOST_PEOPLE,
    BloodspotScreen,
    HearingScreen,
    IncomePeriod,
    InsurancePool,
    MedicaidStatus,
)
from intake.models.application import Application


class ConditionStatus(models.TextChoices):
    CONFIRMED = "confirmed", _("A doctor's paper says so")
    REPORTED = "reported", _("A doctor told us")
    SUSPECTED = "suspected", _("A doctor is still finding out")


class Need(models.TextChoices):
    MEDICAL = "medical", _("Seeing the right doctors")
    DENTAL = "dental", _("Dental care")
    BEHAVIORAL = "behavioral", _("Feelings and behavior")
    THERAPY = "therapy", _("Therapy")
    EQUIPMENT = "equipment", _("Equipment or supplies")
    MEDICINE = "medicine", _("Medicine")
    TRANSPORT = "transport", _("Rides to visits")
    SCHOOL = "school", _("School")
    FOOD = "food", _("Food")
    HOUSING = "housing", _("Housing")
    RESPITE = "respite", _("A rest for the caregiver")
    CHILDCARE = "childcare", _("Child care")
    LEGAL = "legal", _("Legal questions")
    INSURANCE = "insurance", _("Insurance")
    ADULT_CARE = "adult_care", _("Getting ready for adult care")


class Assessment(models.Model):
    """The answers of one application. Both programs use it; each asks only its own questions."""

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="assessment"
    )

    lives_in_state = models.BooleanField(_("lives in the state"), null=True, blank=True)
    intends_to_stay = models.BooleanField(_("plans to stay"), null=True, blank=True)
    away_days = models.PositiveSmallIntegerField(
        _("days away"), null=True, blank=True, validators=[MaxValueValidator(3660)]
    )
    told_coordinator = models.BooleanField(_("told a care coordinator"), null=True, blank=True)

    has_primary_care_provider = models.BooleanField(
        _("has a regular doctor"), null=True, blank=True
    )
    primary_care_provider = models.CharField(_("regular doctor"), max_length=150, blank=True)
    primary_care_phone = PhoneNumberField(_("phone of the regular doctor"), blank=True)
    has_dental_home = models.BooleanField(_("has a regular dentist"), null=True, blank=True)

    household_size = models.PositiveSmallIntegerField(
        _("people in the home"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)],
    )
    children_with_special_needs = models.PositiveSmallIntegerField(
        _("children with a special health need"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_PEOPLE)],
    )
    has_income = models.BooleanField(_("has income"), null=True, blank=True)

    medicaid = models.CharField(_("Medicaid"), max_length=20, choices=MedicaidStatus, blank=True)
    has_private_insurance = models.BooleanField(_("has other insurance"), null=True, blank=True)
    private_insurance = models.CharField(_("other insurance"), max_length=150, blank=True)
    insurance_pool = models.CharField(
        _("insurance pool"), max_length=10, choices=InsurancePool, blank=True
    )

    born_in_state = models.BooleanField(_("born in the state"), null=True, blank=True)
    hearing_screen = models.CharField(
        _("hearing screen"), max_length=12, choices=HearingScreen, blank=True
    )
    hearing_risk_factors = models.BooleanField(
        _("at risk of losing hearing"), null=True, blank=True
    )
    bloodspot_screen = models.CharField(
        _("heel-stick blood test"), max_length=14, choices=BloodspotScreen, blank=True
    )

    needs = ArrayField(models.CharField(max_length=12, choices=Need), default=list, blank=True)
    strengths = models.TextField(
        _("what the child likes and does well"), max_length=2000, blank=True
    )
    anything_else = models.TextField(_("anything else"), max_length=2000, blank=True)
    talked_about_adult_care = models.BooleanField(
        _("talked about adult care"), null=True, blank=True
    )
    manages_own_condition = models.BooleanField(
        _("learns to manage their own health"), null=True, blank=True
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
    diagnosed_by = models.CharField(_("doctor"), max_length=150, blank=True)
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
