"""The words of a referral: who refers, why, whether calls are safe, and what the family agrees to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from cms_portal.programs import Program


class Source(models.TextChoices):
    """Who refers."""

    SCHOOL = "school", _("School nurse or school")
    DOCTOR = "doctor", _("Doctor or clinic of everyday care")
    HOSPITAL = "hospital", _("Hospital")
    CLINIC = "clinic", _("Specialty clinic")
    HEALTH_PLAN = "health_plan", _("Managed care plan")
    EMERGENCY = "emergency", _("Program that follows up emergency room visits")
    EARLY_HELP = "early_help", _("Early intervention, up to age 3")
    FAMILY = "family", _("I am the family")
    OTHER = "other", _("Somebody else")
    HEARING = "hearing", _("Newborn hearing screening program")
    BLOOD_SPOT = "blood_spot", _("Newborn blood test program")
    BIRTH_REGISTRY = "birth_registry", _("Birth defects registry")


# These follow a result up by law or by duty, and may refer before the family has said yes.
NEWBORN_SOURCES = [Source.HEARING, Source.BLOOD_SPOT, Source.BIRTH_REGISTRY]


class Reason(models.TextChoices):
    """Why. The first five are the cases in which the program's flyer asks schools to refer a child
    with asthma, or with any other long illness."""

    NO_DOCTOR = "no_doctor", _("Has no regular doctor")
    NO_MONEY = "no_money", _("Has no insurance, or no money for medicine")
    MISSES_VISITS = "misses_visits", _("Does not get to visits for the illness")
    SCHOOL_LACKS = "school_lacks", _("The school does not have the right medicine or equipment")
    TEACHING = "teaching", _("The child or family wants to learn more about the medicine")
    EMERGENCY_VISIT = "emergency_visit", _("Was in an emergency room for it not long ago")
    COORDINATION = "coordination", _("The family needs somebody who helps to arrange care")
    HEARING_NOT_PASSED = "hearing", _("Did not pass the hearing screen, in one ear or both")
    HEARING_RISK = "hearing_risk", _("Passed, with a risk for later hearing loss")
    BLOOD_SPOT_RESULT = "blood_spot", _("A blood test result that needs a second look")
    CONFIRMED = "confirmed", _("A condition found by screening is confirmed")
    OTHER = "other", _("Another reason")


NEWBORN_REASONS = [
    Reason.HEARING_NOT_PASSED,
    Reason.HEARING_RISK,
    Reason.BLOOD_SPOT_RESULT,
    Reason.CONFIRMED,
]


class Calling(models.TextChoices):
    """Whether a call could put somebody in danger."""

    VOICEMAIL = "voicemail", _("Yes, and you may leave a message")
    CALL_ONLY = "call", _("Yes, but leave no message")
    ASK_FIRST = "ask", _("No. Ask me first how to reach them")
    UNSURE = "unsure", _("I do not know")


def agreement(program: Program) -> str:
    """Return what the family agrees to, in the active language; kept with the referral as it stood."""
    return pgettext(
        "rights",
        "The family agrees that I give these facts to {agency}, so that {program} can call them about "
        "help for the child. Saying no changes nothing in the care the child gets now.",
    ).format(agency=program.agency, program=program.name)
