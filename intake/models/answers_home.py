"""What a family tells of where it lives, of its home and of its insurance."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from eligibility.choices import MOST_PEOPLE, InsurancePool, MedicaidStatus
from intake.models.words import MedicaidReason, SentBy


class HomeAnswers(models.Model):
    """Where the child lives, who shares the home, and how the family was sent."""

    lives_in_state = models.BooleanField(_("lives in the state"), null=True, blank=True)
    intends_to_stay = models.BooleanField(_("plans to stay"), null=True, blank=True)
    was_away = models.BooleanField(_("was away"), null=True, blank=True)
    away_from = models.DateField(_("away from"), null=True, blank=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)
    away_days = models.PositiveSmallIntegerField(
        _("days away"), null=True, blank=True, validators=[MaxValueValidator(3660)]
    )
    away_purpose = models.CharField(_("why away"), max_length=200, blank=True)
    told_coordinator = models.BooleanField(_("told a care coordinator"), null=True, blank=True)

    electronic_notices = models.BooleanField(_("agrees to letters online"), null=True, blank=True)
    sent_by = models.CharField(_("sent by"), max_length=10, choices=SentBy, blank=True)

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

    class Meta:
        abstract = True


class CoverageAnswers(models.Model):
    """What pays, or might pay, before the program does."""

    medicaid = models.CharField(_("Medicaid"), max_length=20, choices=MedicaidStatus, blank=True)
    medicaid_state = models.CharField(_("state of the Medicaid"), max_length=40, blank=True)
    medicaid_number = models.CharField(_("Medicaid number"), max_length=40, blank=True)
    medicaid_plan = models.CharField(_("Medicaid plan"), max_length=100, blank=True)
    medicaid_applied_on = models.DateField(_("applied for Medicaid on"), null=True, blank=True)
    medicaid_answered_on = models.DateField(_("Medicaid said no on"), null=True, blank=True)
    medicaid_reason = models.CharField(
        _("why Medicaid said no"), max_length=10, choices=MedicaidReason, blank=True
    )
    has_private_insurance = models.BooleanField(_("has other insurance"), null=True, blank=True)
    private_insurance = models.CharField(_("other insurance"), max_length=150, blank=True)
    insurance_policy = models.CharField(_("policy number"), max_length=60, blank=True)
    insurance_pool = models.CharField(
        _("insurance pool"), max_length=10, choices=InsurancePool, blank=True
    )
    others_may_pay = models.BooleanField(_("somebody else may have to pay"), null=True, blank=True)
    liable_party = models.CharField(_("who may have to pay"), max_length=300, blank=True)

    class Meta:
        abstract = True
