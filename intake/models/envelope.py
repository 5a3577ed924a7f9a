"""What came to an office on paper at one time, its pages, and what each of them was filed as."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet, save_tracked
from cms_portal.database.constraints import by_somebody
from cms_portal.documents.models import DocumentFile, FileState
from intake.models.application import Application
from intake.models.information_request import InformationRequest
from intake.paper_states import ENVELOPE_MOVES, WAITING, CameBy, EnvelopeState
from intake.states import check_move

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

USER = "accounts.User"


class EnvelopeQuerySet(TrackedQuerySet):
    def waiting(self) -> EnvelopeQuerySet:
        """Keep those of which some page is not filed."""
        return self.filter(state__in=WAITING)

    def being_checked(self) -> EnvelopeQuerySet:
        return self.filter(state=EnvelopeState.RECEIVED)

    def longest_first(self) -> EnvelopeQuerySet:
        return self.order_by("received_on", "pk")


class Envelope(models.Model):
    """One delivery of paper: an envelope, a fax, a scanned stack, or what somebody brought.

    Its files are kept whole, as they came. Whose paper it is may be unknown for a while.
    """

    program = programs.field()
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="envelopes")
    # Who takes it in sends the page once, even if they press twice.
    start_key = models.UUIDField(unique=True, editable=False)
    came_by = models.CharField(_("how it came"), max_length=5, choices=CameBy)
    received_on = models.DateField(_("received on"))
    # By mail only, and only where it can be read.
    postmarked_on = models.DateField(_("postmark"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    state = models.CharField(
        _("where it stands"),
        max_length=10,
        choices=EnvelopeState,
        default=EnvelopeState.RECEIVED,
    )
    taken_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(_("taken in at"))
    closed_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = EnvelopeQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("envelope")
        constraints = [
            models.CheckConstraint(
                condition=Q(postmarked_on__isnull=True)
                | Q(came_by=CameBy.MAIL, postmarked_on__lte=F("received_on")),
                name="postmark_of_mail_before_it_came",
            ),
            models.CheckConstraint(
                condition=Q(state__in=WAITING, closed_at__isnull=True, closed_by__isnull=True)
                | ~Q(state__in=WAITING) & Q(closed_at__isnull=False, closed_by__isnull=False),
                name="envelope_closed_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "received_on"],
                condition=Q(state__in=WAITING),
                name="envelopes_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"envelope {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("intake:envelope", args=[self.pk])

    @property
    def counts_on(self) -> date:
        """The day on which the family did its part: that of the postmark, else the day it came."""
        return self.postmarked_on or self.received_on

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    def age(self, on: date) -> int:
        """Return the days since it came."""
        return (on - self.received_on).days

    def move_to(self, state: str, *, by: User, at: datetime, reason: str) -> Envelope:
        """Move along the table of moves and save; raise WrongMove for a move it lacks."""
        check_move(ENVELOPE_MOVES, self.state, state)
        self.state = state
        self.closed_by, self.closed_at = (None, None) if self.is_waiting else (by, at)
        return save_tracked(self, by=by, reason=reason)


class EnvelopeScanQuerySet(TrackedQuerySet):
    def to_lay_out(self) -> EnvelopeScanQuerySet:
        """Keep the files of which nobody knows yet which pages they have."""
        return self.filter(laid_out_at__isnull=True)


class EnvelopeScan(models.Model):
    """One file of an envelope, whole as it came: pages, or a picture of the envelope itself."""

    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="scans")
    file = models.OneToOneField(
        DocumentFile, on_delete=models.PROTECT, related_name="envelope_scan"
    )
    shows_envelope = models.BooleanField(default=False)
    laid_out_at = models.DateTimeField(null=True, blank=True)
    # Checked and kept, and still no picture could be made of its pages.
    is_unreadable = models.BooleanField(default=False)

    objects = EnvelopeScanQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_unreadable=False) | Q(laid_out_at__isnull=False),
                name="scan_unreadable_once_looked_at",
            )
        ]

    def __str__(self) -> str:
        return f"scan {self.pk}"

    @property
    def is_refused(self) -> bool:
        return self.file.state == FileState.REFUSED


class FilingQuerySet(TrackedQuerySet):
    def standing(self) -> FilingQuerySet:
        """Leave out what was taken back."""
        return self.filter(undone_at__isnull=True)


class Filing(models.Model):
    """Pages of an envelope filed as one paper of a child; without a document, pages set aside.

    Set aside are cover sheets and empty pages: kept with the envelope, and nobody's paper.
    """

    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="filings")
    # Keys of `documents.FilePage`, in the order of the paper.
    pages = ArrayField(models.BigIntegerField())
    document = models.OneToOneField(
        "documents.Document",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="filing",
    )
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="filings"
    )
    # What was asked for, and is answered by this paper.
    asked = models.ForeignKey(
        InformationRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="filings"
    )
    is_by_cover_sheet = models.BooleanField(default=False)
    filed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = FilingQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(pages__len__gt=0), name="filing_has_a_page"),
            models.CheckConstraint(
                condition=Q(document__isnull=False)
                | Q(application__isnull=True, asked__isnull=True),
                name="pages_set_aside_answer_nothing",
            ),
            by_somebody("filing", "undone"),
        ]

    def __str__(self) -> str:
        return f"filing {self.pk}"
