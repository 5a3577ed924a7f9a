"""Papers people give us: what each is, and the files it is made of."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet

USER = "accounts.User"


class DocumentKind(models.TextChoices):
    RESIDENCE = "residence", _("Where you live")
    INCOME = "income", _("Income")
    AGE = "age", _("Date of birth")
    DIAGNOSIS = "diagnosis", _("Diagnosis")
    COVERAGE = "coverage", _("Insurance")
    AUTHORITY = "authority", _("Papers about who speaks for the child")
    OTHER = "other", _("Another paper")


class Document(models.Model):
    """One paper, perhaps photographed in several parts. It belongs to the household that gave it."""

    program = programs.field()
    child = models.ForeignKey(
        "families.Child", null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    household = models.ForeignKey(
        "families.Household", on_delete=models.PROTECT, related_name="documents"
    )
    kind = models.CharField(max_length=20, choices=DocumentKind)
    given_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)

    objects = TrackedQuerySet.as_manager()
    history = History()

    def __str__(self) -> str:
        return self.get_kind_display()


class FileState(models.TextChoices):
    QUARANTINED = "quarantined", _("Being checked")
    AVAILABLE = "available", _("Received")
    REFUSED = "refused", _("Could not be used")


class DocumentFile(models.Model):
    """One file of a paper: kept apart until checked, then handed out only by a page that asks a policy."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="files")
    state = models.CharField(max_length=12, choices=FileState, default=FileState.QUARANTINED)
    refused_because = models.CharField(max_length=40, blank=True)
    stored_as = models.CharField(max_length=100, unique=True)
    content_type = models.CharField(max_length=60, blank=True)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    scanned_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="refused") ^ Q(refused_because=""), name="refused_with_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"file {self.pk}"
