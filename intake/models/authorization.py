"""Prior authorization: what a program says beforehand that it will pay for, for one child, and how much."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.audit.tracking import History, save_tracked
from cms_portal.families.models.periods import DatedQuerySet, ends_after_it_starts
from intake.authorization_states import (
    CLOSED,
    DECIDED,
    MOVES,
    WAS_APPROVED,
    AuthorizationState,
)
from intake.models.application import USER
from intake.states import check_move

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

S = AuthorizationState


class AuthorizationQuerySet(DatedQuerySet):
    def awaiting_decision(self) -> AuthorizationQuerySet:
        return self.filter(state=S.REQUESTED)

    def in_force_on(self, day: date) -> AuthorizationQuerySet:
        """Keep what may be billed for care of this day, also after its time."""
        return self.on(day).filter(state__in=WAS_APPROVED)

    def over_on(self, day: date) -> AuthorizationQuerySet:
        """Keep what was approved and whose time is over, but which nobody has marked so."""
        return self.filter(state=S.APPROVED, ends_on__lte=day)


class Authorization(models.Model):
    """One thing from one provider, for a service that a child is enrolled in and the program pays for.

    `ends_on` is the first day after it. The program pays last, so it says what the other payers answered.
    """

    program = programs.field()
    child = models.ForeignKey(
        "families.Child", on_delete=models.PROTECT, related_name="authorizations"
    )
    household = models.ForeignKey(
        "families.Household", on_delete=models.PROTECT, related_name="authorizations"
    )
    service = models.ForeignKey(
        "intake.EnrolledService", on_delete=models.PROTECT, related_name="authorizations"
    )
    # The condition it is for; none while tests are to find out which one it is.
    condition = models.ForeignKey(
        "intake.ReportedCondition",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="authorizations",
    )
    state = models.CharField(max_length=10, choices=S, default=S.REQUESTED)
    what = models.CharField(_("what"), max_length=200)
    provider = models.CharField(_("from whom"), max_length=150)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    units = models.PositiveIntegerField(_("how many at most"), null=True, blank=True)
    amount_limit = models.DecimalField(
        _("dollars at most"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    other_payers_said = models.CharField(
        _("what Medicaid and other payers answered"), max_length=300, blank=True
    )
    requested_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(_("asked for"))
    decision_words = models.CharField(_("what was decided, and why"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AuthorizationQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("prior authorization")
        constraints = [
            ends_after_it_starts("authorization_ends_after_it_starts"),
            models.CheckConstraint(
                condition=(Q(units__isnull=False) | Q(amount_limit__isnull=False))
                & (Q(units__isnull=True) | Q(units__gt=0))
                & (Q(amount_limit__isnull=True) | Q(amount_limit__gt=0)),
                name="authorization_has_a_limit",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_at__isnull=False, decided_by__isnull=False)
                & ~Q(decision_words="")
                | ~Q(state__in=DECIDED)
                & Q(decided_at__isnull=True, decided_by__isnull=True, decision_words=""),
                name="authorization_decided_by_somebody_in_words",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="authorization_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=WAS_APPROVED) | ~Q(other_payers_said=""),
                name="authorization_pays_last",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CLOSED, closed_at__isnull=False, closed_by__isnull=False)
                | ~Q(state__in=CLOSED) & Q(closed_at__isnull=True, closed_by__isnull=True),
                name="authorization_closed_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["program", "ends_on"],
                condition=Q(state="approved"),
                name="authorizations_by_end",
            )
        ]

    def __str__(self) -> str:
        return f"authorization {self.pk}"

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)

    def move_to(
        self, state: str, *, by: User, at: datetime, reason: str, words: str = ""
    ) -> Authorization:
        """Move along the table of moves and save; raise WrongMove for a move it lacks.

        The row must be locked by the caller's transaction.
        """
        check_move(MOVES, self.state, state)
        self.state = state
        if state in CLOSED:
            self.closed_by, self.closed_at = by, at
        else:
            self.decided_by, self.decided_at, self.decision_words = by, at, words
        return save_tracked(self, by=by, reason=reason)
