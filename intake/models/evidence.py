"""Which paper proves which requirement, seen by whom, and until when it serves."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet
from cms_portal.database.constraints import by_somebody
from intake.models.application import USER

if TYPE_CHECKING:
    from intake.models.application import Application


class Requirement(models.TextChoices):
    """What a paper can prove. Several rules may need the same."""

    BIRTH = "birth", pgettext_lazy("proof of", "Date of birth")
    HOME = "home", pgettext_lazy("proof of", "Where you live")
    CONDITION = "condition", pgettext_lazy("proof of", "Health condition")
    INCOME = "income", pgettext_lazy("proof of", "Income")
    MEDICAID = "medicaid", pgettext_lazy("proof of", "What Medicaid answered")
    POOL = "pool", pgettext_lazy("proof of", "What the insurance pool answered")
    INSURANCE = "insurance", pgettext_lazy("proof of", "Health insurance")
    SCREEN = "screen", pgettext_lazy("proof of", "Newborn screen")


class EvidenceQuerySet(TrackedQuerySet):
    def kept(self) -> EvidenceQuerySet:
        """Leave out what a worker took back, and papers that the family took back."""
        return self.filter(ended_at__isnull=True, document__withdrawn_at__isnull=True)

    def of(self, application: Application) -> EvidenceQuerySet:
        """Keep what the application's own home proved for its child, and nothing of another home."""
        return self.filter(child=application.child_id, household=application.household_id)


class Evidence(models.Model):
    """A worker saw a paper and says what it proves, and until when."""

    program = programs.field()
    household = models.ForeignKey(
        "families.Household", on_delete=models.PROTECT, related_name="evidence"
    )
    child = models.ForeignKey("families.Child", on_delete=models.PROTECT, related_name="evidence")
    requirement = models.CharField(_("what it proves"), max_length=12, choices=Requirement)
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, related_name="evidence"
    )
    # The last day on which it serves; none for what does not change.
    valid_until = models.DateField(_("good until"), null=True, blank=True)
    seen_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(_("seen"))
    ended_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("proof")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "child", "requirement"],
                condition=Q(ended_at__isnull=True),
                name="a_paper_proves_a_thing_once",
            ),
            by_somebody("proof", "ended"),
        ]
        indexes = [models.Index(fields=["household", "child"], name="evidence_of_home_and_child")]

    def __str__(self) -> str:
        return str(self.get_requirement_display())

    def serves_on(self, day: date) -> bool:
        """Whether its last day is not over; what says none does not grow old."""
        return self.valid_until is None or day <= self.valid_until
