"""Somebody only wanted to know something: information and referral, without a case or a name."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet
from cms_portal.families.models import Language
from intake.models.application import USER


class InformationTopic(models.TextChoices):
    """What somebody asked about."""

    PROGRAM = "program", pgettext_lazy("topic", "What the program does")
    ELIGIBILITY = "eligibility", pgettext_lazy("topic", "Who can qualify, how to apply")
    INSURANCE = "insurance", pgettext_lazy("topic", "Insurance or Medicaid")
    DOCTOR = "doctor", pgettext_lazy("topic", "A doctor or a clinic")
    NEWBORN = "newborn", pgettext_lazy("topic", "Newborn screening")
    SCHOOL = "school", pgettext_lazy("topic", "School")
    NEEDS = "needs", pgettext_lazy("topic", "Food, a home, a ride, money")
    OTHER = "other", pgettext_lazy("topic", "Something else")


class InformationCall(models.Model):
    """One caller who got an answer: where, about what, in which language, on which day. Never who."""

    program = programs.field()
    office = models.ForeignKey(
        "offices.Office", on_delete=models.PROTECT, related_name="information_calls"
    )
    topic = models.CharField(_("about what"), max_length=12, choices=InformationTopic)
    county = models.ForeignKey(
        "offices.County",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="information_calls",
        verbose_name=_("county"),
    )
    spoken_language = models.CharField(_("language they speak"), max_length=8, choices=Language)
    on = models.DateField(_("day"))
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    is_append_only = True
    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("call for information")
        indexes = [models.Index(fields=["program", "on"], name="information_calls_by_day")]

    def __str__(self) -> str:
        return f"{self.get_topic_display()}, {self.on}"
