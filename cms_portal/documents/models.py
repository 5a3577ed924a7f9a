"""Papers people give us: what each is, and the files it is made of."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet
from cms_portal.database.constraints import by_somebody

USER = "accounts.User"


class DocumentKind(models.TextChoices):
    RESIDENCE = "residence", _("Where you live")
    INCOME = "income", _("Income")
    AGE = "age", _("Date of birth")
    DIAGNOSIS = "diagnosis", _("Diagnosis")
    COVERAGE = "coverage", _("Insurance")
    AUTHORITY = "authority", _("Papers about who speaks for the child")
    OTHER = "other", _("Another paper")


class DocumentQuerySet(TrackedQuerySet):
    def kept(self) -> DocumentQuerySet:
        """Leave out the papers that the family has taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def unusable(self) -> DocumentQuerySet:
        """Keep papers with a file that could not be used, until a newer one of the kind comes."""
        refused = DocumentFile.objects.filter(document=OuterRef("pk"), state=FileState.REFUSED)
        newer = Document.objects.kept().filter(
            household=OuterRef("household"),
            child=OuterRef("child"),
            kind=OuterRef("kind"),
            pk__gt=OuterRef("pk"),
        )
        return self.kept().filter(Exists(refused), ~Exists(newer))

    def newest_first(self) -> DocumentQuerySet:
        return self.order_by("-given_at", "-pk")


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
    # Of a paper that came by mail, fax or by hand: the day it came, and the first day on which the
    # family can open it here, so that one filed with the wrong child is taken back unseen.
    came_on = models.DateField(null=True, blank=True)
    opens_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = DocumentQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [by_somebody("paper", "withdrawn")]
        indexes = [models.Index(fields=["household", "-given_at"], name="papers_of_household")]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def given_on(self) -> date:
        """The day it was given, as the calendar on the program's wall says."""
        return self.came_on or timezone.localdate(
            self.given_at, programs.get(self.program).timezone
        )

    @property
    def refusal(self) -> str:
        """Why files of it could not be used, each reason once, as the family reads it."""
        return " ".join(dict.fromkeys(file.refusal for file in self.files.all() if file.refusal))

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    def is_open_to_family(self, on: date) -> bool:
        """Whether the family that gave it can open its files on a day."""
        return self.opens_on is None or self.opens_on <= on


class RefusalReason(models.TextChoices):
    """Why a file was not kept; the label says it to the family, with what to do instead."""

    INFECTED = "infected", _("This file may harm a computer. Take a photo of the paper instead.")
    UNREADABLE = "unreadable", _("We could not open this file. Take a photo of the paper instead.")
    LOCKED = "locked", _("This PDF has a password. Send one without, or a photo of the paper.")
    ACTIVE = "active", _("This PDF holds a program or other files. Send a photo of the paper.")
    TOO_LARGE = "too_large", _("This picture is too large for us. Take a new photo of the paper.")
    WRONG_TYPE = "wrong_type", _("This is not a photo or a PDF. Take a photo of the paper.")
    LOST = "lost", _("This file did not arrive whole. Please send it again.")


class FileState(models.TextChoices):
    QUARANTINED = "quarantined", _("Being checked")
    AVAILABLE = "available", _("Received")
    REFUSED = "refused", _("Could not be used")


class DocumentFileQuerySet(TrackedQuerySet):
    def being_checked(self) -> DocumentFileQuerySet:
        return self.filter(state=FileState.QUARANTINED)

    def available(self) -> DocumentFileQuerySet:
        """Keep what may be handed out: checked, and not taken back."""
        return self.filter(state=FileState.AVAILABLE, document__withdrawn_at__isnull=True)


class DocumentFile(models.Model):
    """One file of a paper: kept apart until checked, then handed out only by a page that asks a policy.

    What comes by mail or fax is kept before anybody knows whose paper it is, without a document.
    """

    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="files"
    )
    state = models.CharField(max_length=12, choices=FileState, default=FileState.QUARANTINED)
    refused_because = models.CharField(max_length=20, blank=True)
    stored_as = models.CharField(max_length=100, unique=True)
    content_type = models.CharField(max_length=60, blank=True)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    scanned_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    objects = DocumentFileQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="refused") ^ Q(refused_because=""), name="refused_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="quarantined") ^ Q(checked_at__isnull=False),
                name="file_checked_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="available", content_type__in=["image/jpeg", "application/pdf"])
                | ~Q(state="available"),
                name="available_file_of_a_known_type",
            ),
        ]
        indexes = [
            models.Index(
                fields=["added_at"], condition=Q(state="quarantined"), name="files_being_checked"
            )
        ]

    def __str__(self) -> str:
        return f"file {self.pk}"

    @property
    def refusal(self) -> str:
        """Why the file was not kept, as the family reads it."""
        return str(RefusalReason(self.refused_because).label) if self.refused_because else ""


class FilePage(models.Model):
    """One page of a checked file as a picture that we made, with the code of a cover sheet on it."""

    file = models.ForeignKey(DocumentFile, on_delete=models.PROTECT, related_name="pages")
    number = models.PositiveSmallIntegerField()
    stored_as = models.CharField(max_length=100, unique=True)
    code = models.CharField(max_length=20, blank=True)

    is_append_only = True
    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["file", "number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="one_picture_of_each_page")
        ]

    def __str__(self) -> str:
        return f"page {self.number}"
