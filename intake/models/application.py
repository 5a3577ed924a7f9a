"""The application of one household for one child; in Mississippi, the intake assessment."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet, save_tracked
from cms_portal.database.constraints import by_somebody
from cms_portal.families.models import WrittenLanguage
from cms_portal.families.models.periods import DatedQuerySet, ends_after_it_starts, never_twice
from intake.states import MOVES, OPEN, Status, check_move

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

USER = "accounts.User"
# Letters and digits that cannot be taken for one another when read aloud.
_ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXZ"


def new_number() -> str:
    """Return a number that tells nothing: neither how many applications there are, nor whose it is."""
    letters = "".join(secrets.choice(_ALPHABET) for _n in range(8))
    return f"{letters[:4]}-{letters[4:]}"


class Channel(models.TextChoices):
    WEB = "web", _("Online")
    PHONE = "phone", _("By phone")
    OFFICE = "office", _("At an office")
    PAPER = "paper", _("On paper")


class ApplicationQuerySet(TrackedQuerySet):
    def open(self) -> ApplicationQuerySet:
        return self.filter(status__in=OPEN)

    def awaiting_decision(self) -> ApplicationQuerySet:
        return self.filter(status__in=[Status.SUBMITTED, Status.IN_REVIEW])

    def sent(self) -> ApplicationQuerySet:
        """Leave out what was not sent yet, and what the family took back."""
        return self.exclude(status__in=[Status.DRAFT, Status.WITHDRAWN])

    def beside(self, application: Application) -> ApplicationQuerySet:
        """Keep the others that its own home made for its child."""
        of_home = self.filter(child=application.child_id, household=application.household_id)
        return of_home.exclude(pk=application.pk)

    def most_urgent_first(self) -> ApplicationQuerySet:
        """What we owe an answer first, then what waits for a family; the nearest day on top."""
        waits = F("waits_for_family_since").asc(nulls_first=True)
        return self.order_by(waits, "answer_due_on", "submitted_at", "pk")


class Application(models.Model):
    """One household asks for help for one child. Another household of the child never learns of it."""

    program = programs.field()
    number = models.CharField(_("number"), max_length=9, unique=True, default=new_number)
    child = models.ForeignKey(
        "families.Child", on_delete=models.PROTECT, related_name="applications"
    )
    household = models.ForeignKey(
        "families.Household", on_delete=models.PROTECT, related_name="applications"
    )
    channel = models.CharField(_("how it came"), max_length=10, choices=Channel)
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    # The enrollment it carries on, where it is this year's renewal.
    renews = models.ForeignKey(
        "intake.Enrollment",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="renewals",
    )
    # The page that starts an application carries this, so that sending it twice starts one.
    start_key = models.UUIDField(unique=True)
    # What its determinations and decisions are filed under.
    case_key = models.UUIDField(unique=True, default=uuid.uuid4)
    started_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    submitted_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    # The nearest day by which one of its open services has to be answered; see `clocks`.
    answer_due_on = models.DateField(null=True, blank=True)
    # Since when every open service waits for the family, whose time stands still meanwhile.
    waits_for_family_since = models.DateField(null=True, blank=True)
    # What the family was told before this moment that it can get is decided anew.
    looked_again_at = models.DateTimeField(null=True, blank=True)
    needs_disability_finding = models.BooleanField(
        _("a disability has to be found first"), default=False
    )
    # A family is reminded once of what it began and did not send.
    draft_reminded_on = models.DateField(null=True, blank=True)
    late_because = models.CharField(_("why the answer is late"), max_length=300, blank=True)
    office = models.ForeignKey(
        "offices.Office",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="applications",
    )
    worker = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    # Who reads it now and of the home's papers sees only their own: a helper. Kept nowhere.
    sees_own_papers: User | None = None
    # Whether this transaction holds the row, so that nobody else writes answers.
    is_held = False
    # Who speaks while a worker writes, by name, and how. Kept with each page that is answered.
    telling: tuple[str, str] | None = None

    objects = ApplicationQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "program", "household"],
                condition=Q(status__in=OPEN),
                name="one_open_application_per_child_and_household",
            ),
            *(
                by_somebody("application", verb)
                for verb in ("submitted", "decided", "closed", "withdrawn")
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True)
                | Q(answer_due_on__isnull=False, office__isnull=False),
                name="submitted_application_has_an_office_and_a_date",
            ),
        ]
        indexes = [
            models.Index(fields=["program", "status", "answer_due_on"], name="applications_due"),
            # In the order of `most_urgent_first`, so that the first page of a list is read from it.
            models.Index(
                "program",
                F("waits_for_family_since").asc(nulls_first=True),
                "answer_due_on",
                "submitted_at",
                "id",
                condition=Q(status__in=OPEN),
                name="applications_waiting",
            ),
            models.Index(fields=["program", "-started_at", "-id"], name="applications_newest"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("intake:tasks", args=[self.number])

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def move_to(self, status: str, *, by: User, at: datetime, reason: str) -> Application:
        """Move along the table of moves and save; raise WrongMove for a move it lacks.

        The row must be locked by the caller's transaction.
        """
        check_move(MOVES, self.status, status)
        self.status = status
        verb = {
            Status.SUBMITTED: "submitted",
            Status.DECIDED: "decided",
            Status.CLOSED: "closed",
            Status.WITHDRAWN: "withdrawn",
        }
        if (stamp := verb.get(Status(status))) is not None:
            setattr(self, f"{stamp}_by", by)
            setattr(self, f"{stamp}_at", at)
        return save_tracked(self, by=by, reason=reason)


class Helper(models.Model):
    """Somebody whom the family lets fill in one application with them, until it says stop."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="helpers")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="helps_with")
    added_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            ends_after_it_starts("help_ends_after_it_starts"),
            never_twice("one_help_at_a_time", "application", "user"),
        ]

    def __str__(self) -> str:
        return f"{self.user} helps with {self.application}"


class Signature(models.Model):
    """The words somebody signed, exactly as shown, and how."""

    class Way(models.TextChoices):
        TYPED = "typed", _("Typed name")
        SPOKEN = "spoken", _("Spoken to a worker")

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="signature"
    )
    words = models.TextField(_("words signed"))
    # Which edition of the words: the words themselves differ by child, program and language.
    words_version = models.CharField(_("edition of the words"), max_length=20)
    words_sha256 = models.CharField(max_length=64)
    language = models.CharField(_("language"), max_length=2, choices=WrittenLanguage)
    name = models.CharField(_("full name"), max_length=150)
    way = models.CharField(_("way of signing"), max_length=10, choices=Way)
    signed_at = models.DateTimeField(_("signed at"))
    # Who pressed the button: the signer, or the worker who heard the words spoken.
    kept_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    is_append_only = True
    objects = TrackedQuerySet.as_manager()
    history = History()

    def __str__(self) -> str:
        return f"signature of {self.application}"
