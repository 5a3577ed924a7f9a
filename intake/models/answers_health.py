"""What a family tells of a child's health, care and wishes."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from cms_portal.ui.fields import YesNoUnsure
from eligibility.choices import BloodspotScreen, HearingScreen
from intake.models.words import FirstSteps, HardToDo, Need, SchoolPlan


class HealthAnswers(models.Model):
    """Doctors, screens, and the care a child gets now."""

    has_primary_care_provider = models.BooleanField(
        _("has a regular doctor"), null=True, blank=True
    )
    primary_care_provider = models.CharField(_("regular doctor"), max_length=150, blank=True)
    primary_care_phone = PhoneNumberField(_("phone of the regular doctor"), blank=True)
    care_is_coordinated = models.BooleanField(_("care fits together"), null=True, blank=True)
    has_dental_home = models.BooleanField(_("has a regular dentist"), null=True, blank=True)
    sent_to_dentist = models.BooleanField(_("sent to a dentist"), null=True, blank=True)
    developmental_screening = models.BooleanField(
        _("development was checked"), null=True, blank=True
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

    specialists = models.TextField(_("specialists"), max_length=1000, blank=True)
    medicines = models.TextField(_("medicines"), max_length=1000, blank=True)
    equipment = models.TextField(_("equipment"), max_length=1000, blank=True)
    therapies = models.TextField(_("therapies"), max_length=1000, blank=True)

    class Meta:
        abstract = True


class WishAnswers(models.Model):
    """What is hard, what is there already, what would help, and what the family hopes for."""

    hard_to_do = ArrayField(
        models.CharField(max_length=10, choices=HardToDo),
        verbose_name=_("hard to do"),
        default=list,
        blank=True,
    )
    school_plan = models.CharField(_("school plan"), max_length=6, choices=SchoolPlan, blank=True)
    first_steps = models.CharField(_("First Steps"), max_length=6, choices=FirstSteps, blank=True)
    talked_about_adult_care = models.BooleanField(
        _("talked about adult care"), null=True, blank=True
    )
    manages_own_condition = models.BooleanField(
        _("learns to manage their own health"), null=True, blank=True
    )
    has_emergency_plan = models.BooleanField(_("has an emergency plan"), null=True, blank=True)
    # For information only: every service is looked at, asked for or not.
    services_asked = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("services hoped for"),
        default=list,
        blank=True,
    )
    needs = ArrayField(models.CharField(max_length=12, choices=Need), default=list, blank=True)
    strengths = models.TextField(
        _("what the child likes and does well"), max_length=2000, blank=True
    )
    goals = models.TextField(_("what the family hopes for"), max_length=2000, blank=True)
    anything_else = models.TextField(_("anything else"), max_length=2000, blank=True)

    class Meta:
        abstract = True


def _answer(name: Any) -> models.CharField:
    """Return a column for yes, no or unsure; blank is a question that was not asked."""
    return models.CharField(name, max_length=6, choices=YesNoUnsure, blank=True)


class ConsequenceAnswers(models.Model):
    """What a condition brings with it: see `intake.consequences`."""

    has_medicine = _answer(_("needs prescribed medicine"))
    medicine_because = _answer(_("medicine: because of a condition"))
    medicine_lasts = _answer(_("medicine: for a year or more"))
    has_care = _answer(_("needs more care than others"))
    care_because = _answer(_("more care: because of a condition"))
    care_lasts = _answer(_("more care: for a year or more"))
    has_limits = _answer(_("is held back"))
    limits_because = _answer(_("held back: because of a condition"))
    limits_lasts = _answer(_("held back: for a year or more"))
    has_therapy = _answer(_("needs therapy"))
    therapy_because = _answer(_("therapy: because of a condition"))
    therapy_lasts = _answer(_("therapy: for a year or more"))
    has_feelings = _answer(_("needs help with feelings or behavior"))
    feelings_lasts = _answer(_("feelings or behavior: for a year or more"))
    # Which wording was read: the program's official one may replace ours.
    consequences_version = models.CharField(_("wording"), max_length=40, blank=True)

    class Meta:
        abstract = True
