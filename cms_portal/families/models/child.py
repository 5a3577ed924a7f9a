"""The child, as one program's record knows them."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet
from cms_portal.database.names import plain_together
from cms_portal.families.models.words import Ethnicity, Race, Sex

# What the search for likely duplicates compares, and how it is indexed.
PLAIN_NAME = plain_together("first_name", "last_name")


class ChildQuerySet(TrackedQuerySet):
    def not_merged(self) -> ChildQuerySet:
        """Leave out the records that were joined with another."""
        return self.filter(merged_into__isnull=True)


class Child(models.Model):
    """One child or youth in one program's record. An adult with cystic fibrosis is one, too."""

    program = programs.field()
    first_name = models.CharField(_("first name"), max_length=80)
    middle_name = models.CharField(_("middle name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80)
    preferred_name = models.CharField(_("name used at home"), max_length=80, blank=True)
    date_of_birth = models.DateField(_("date of birth"))
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, blank=True)
    # Optional, and never proof of anything.
    race = ArrayField(
        models.CharField(max_length=20, choices=Race),
        verbose_name=_("race"),
        default=list,
        blank=True,
    )
    ethnicity = models.CharField(_("ethnicity"), max_length=12, choices=Ethnicity, blank=True)
    tribe = models.CharField(_("tribe, nation or pueblo"), max_length=100, blank=True)
    died_on = models.DateField(_("died on"), null=True, blank=True)
    # This record turned out to be of the same child as another one, which goes on for both.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )

    objects = ChildQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("child")
        verbose_name_plural = _("children")
        constraints = [
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(died_on__gte=F("date_of_birth")),
                name="child_died_after_birth",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="child_not_merged_into_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["program", "last_name"], name="child_by_name"),
            GinIndex(OpClass(PLAIN_NAME, "gin_trgm_ops"), name="child_by_plain_name"),
            models.Index(fields=["program", "date_of_birth"], name="child_by_birth_date"),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """The name to use in a sentence."""
        return self.preferred_name or self.first_name

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, [self.first_name, self.middle_name, self.last_name]))

    def birthday(self, age: int) -> date:
        """Return the day this child turns `age`; born on 29 February means 1 March in other years."""
        try:
            return self.date_of_birth.replace(year=self.date_of_birth.year + age)
        except ValueError:
            return date(self.date_of_birth.year + age, 3, 1)

    def age_on(self, day: date) -> int:
        age = day.year - self.date_of_birth.year
        return age if self.birthday(age) <= day else age - 1
