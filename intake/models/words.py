"""The words among which a family chooses when it tells of a child and a home."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class IncomeSource(models.TextChoices):
    JOB = "job", _("Pay from a job")
    OWN_WORK = "own_work", _("Own business or farm")
    SUPPORT = "support", _("Child support or alimony")
    BENEFITS = "benefits", _("Social Security, SSI or other benefits")
    UNEMPLOYMENT = "unemployment", _("Unemployment pay")
    PENSION = "pension", _("Pension")
    # A gift that comes regularly counts as income (7.30.3.11 NMAC).
    GIFTS = "gifts", _("Gifts or donations that come regularly")
    OTHER = "other", _("Something else")


class AssetKind(models.TextChoices):
    """What counts as an asset (7.30.3.7 NMAC)."""

    ACCOUNT = "account", _("Savings or checking account")
    STOCKS = "stocks", _("Stocks or bonds")
    TRUST = "trust", _("A trust you can take money from")
    PROPERTY = "property", _("Land or buildings")


class MedicaidReason(models.TextChoices):
    """Why Medicaid said no. Immigration is not among the answers: nobody has to tell us."""

    INCOME = "income", _("Our income was too high")
    PAPERS = "papers", _("Papers were missing")
    OTHER = "other", _("Another reason")
    NOT_SAID = "not_said", _("I would rather not say")


class SentBy(models.TextChoices):
    """Who told a family of the program."""

    DOCTOR = "doctor", _("A doctor or clinic")
    HOSPITAL = "hospital", _("A hospital")
    NEWBORN = "newborn", _("A newborn screening program")
    SCHOOL = "school", _("A school or child care")
    PROGRAM = "program", _("Another program or agency")
    FAMILY = "family", _("Family or a friend")
    SELF = "self", _("We found you ourselves")


class SchoolPlan(models.TextChoices):
    IEP = "iep", _("An IEP (special education plan)")
    PLAN_504 = "504", _("A 504 plan")
    BOTH = "both", _("An IEP and a 504 plan")
    ASKED = "asked", _("We asked for one and wait")
    NONE = "none", pgettext_lazy("plan at school", "None of these")


class FirstSteps(models.TextChoices):
    IN = "in", _("Yes, we get it now")
    SENT = "sent", _("Somebody sent us there, and we wait")
    NONE = "none", _("No")


class HardToDo(models.TextChoices):
    MOVING = "moving", _("Moving or walking")
    HANDS = "hands", _("Using hands")
    SEEING = "seeing", _("Seeing, even with glasses")
    HEARING = "hearing", _("Hearing, even with hearing aids")
    TALKING = "talking", _("Talking or being understood")
    LEARNING = "learning", _("Learning or paying attention")
    EATING = "eating", _("Eating or swallowing")
    BREATHING = "breathing", _("Breathing")
    SLEEPING = "sleeping", _("Sleeping")
    SELF_CARE = "self_care", _("Washing or getting dressed")
    PLAYING = "playing", _("Playing or being with others")
    FEELINGS = "feelings", _("Calming down")
