"""Who serves a child, and the release by which a family moves to another program."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet
from cms_portal.families.models.periods import DatedQuerySet, ends_after_it_starts, never_twice

USER = "accounts.User"
OF_THE_HOUSEHOLD = Coalesce(F("household"), Value(0), output_field=models.BigIntegerField())


class AssignmentKind(models.TextChoices):
    INTAKE = "intake", _("Intake")
    PRIMARY = "primary", _("Care coordinator")
    COVER = "cover", _("Covering")


class Assignment(models.Model):
    """Which office, and which worker there, serves a child, from a day until a day, and why.

    Intake may be for one `household`: two homes of a child each have their own, and neither ends the
    other's.
    """

    child = models.ForeignKey(
        "families.Child", on_delete=models.PROTECT, related_name="assignments"
    )
    household = models.ForeignKey(
        "families.Household",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assignments",
    )
    program = programs.field()
    office = models.ForeignKey(
        "offices.Office", on_delete=models.PROTECT, related_name="assignments"
    )
    worker = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=AssignmentKind)
    reason = models.CharField(_("reason"), max_length=300)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("assignment")
        constraints = [
            ends_after_it_starts("assignment_ends_after_it_starts"),
            never_twice(
                "one_intake_office_at_a_time",
                "child",
                OF_THE_HOUSEHOLD,
                condition=Q(kind="intake"),
            ),
            never_twice("one_primary_worker_at_a_time", "child", condition=Q(kind="primary")),
        ]
        indexes = [
            models.Index(fields=["worker", "child"], name="assignment_of_worker"),
            models.Index(fields=["office", "child"], name="assignment_of_office"),
        ]

    def __str__(self) -> str:
        return f"{self.child}: {self.office}"


class Release(models.Model):
    """A guardian lets named parts of a child's record be copied to another program, and signs for it.

    It belongs to the program that is left, and does not say where the copy is: neither program's staff
    learn from it what the other keeps.
    """

    child = models.ForeignKey("families.Child", on_delete=models.PROTECT, related_name="releases")
    household = models.ForeignKey(
        "families.Household", on_delete=models.PROTECT, related_name="releases"
    )
    program = programs.field()
    to_program = programs.field()
    parts = ArrayField(models.CharField(max_length=40))
    words = models.TextField(_("what was signed"))
    signed_name = models.CharField(_("full name"), max_length=150)
    signed_by = models.ForeignKey(
        "families.Guardian", on_delete=models.PROTECT, related_name="releases"
    )
    signed_at = models.DateTimeField(_("signed"))

    objects = TrackedQuerySet.as_manager()
    history = History()
    is_append_only = True

    class Meta:
        verbose_name = _("release")
        constraints = [
            models.CheckConstraint(
                condition=~Q(program=F("to_program")), name="release_goes_to_another_program"
            ),
            models.UniqueConstraint(
                fields=["child", "household", "to_program"], name="one_move_of_a_household"
            ),
        ]

    def __str__(self) -> str:
        return f"release {self.pk}"


class ReleaseWithdrawal(models.Model):
    """Who gave a release took it back. What was copied before stays where it is."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="withdrawal")
    withdrawn_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("taken back"))

    objects = TrackedQuerySet.as_manager()
    history = History()
    is_append_only = True

    class Meta:
        verbose_name = _("taking back of a release")

    def __str__(self) -> str:
        return f"withdrawal of release {self.release_id}"
