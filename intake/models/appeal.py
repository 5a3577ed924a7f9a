"""A family asks that other people look again at a decision: the request, its services, its answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet, save_tracked
from cms_portal.database.constraints import by_somebody
from intake.appeal_states import MOVES, OPEN, Answer, AppealChannel, AppealState
from intake.models.application import USER, Application, new_number
from intake.models.notice import Notice
from intake.states import check_move

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

STAMPS = {
    AppealState.DECIDED: "decided",
    AppealState.CLOSED: "closed",
    AppealState.WITHDRAWN: "withdrawn",
}


class AppealQuerySet(TrackedQuerySet):
    def open(self) -> AppealQuerySet:
        return self.filter(state__in=OPEN)

    def not_finished(self) -> AppealQuerySet:
        """Keep those that still need somebody: a decided one, until it is closed."""
        return self.filter(state__in=[*OPEN, AppealState.DECIDED])

    def most_urgent_first(self) -> AppealQuerySet:
        return self.order_by("due_on", "pk")


class Appeal(models.Model):
    """One household asks about one notice; nobody who took part in its decisions answers."""

    program = programs.field()
    number = models.CharField(_("number"), max_length=9, unique=True, default=new_number)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="appeals")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="appeals")
    state = models.CharField(
        _("where it stands"), max_length=15, choices=AppealState, default=AppealState.REQUESTED
    )
    channel = models.CharField(_("how it came"), max_length=10, choices=AppealChannel)
    received_on = models.DateField(_("received on"))
    postmarked_on = models.DateField(_("postmark"), null=True, blank=True)
    due_on = models.DateField(_("answer by"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    phones = models.CharField(_("phone numbers"), max_length=100, blank=True)
    narrative = models.TextField(_("why"), max_length=5000, blank=True)
    kept_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    # The keys of those who decided or countersigned what is asked about, kept from the first day.
    took_part = ArrayField(models.BigIntegerField())
    is_timely = models.BooleanField(_("counts as in time"), null=True, blank=True)
    is_complete = models.BooleanField(_("complete"), null=True, blank=True)
    screening_words = models.CharField(_("why"), max_length=1000, blank=True)
    screened_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    screened_at = models.DateTimeField(null=True, blank=True)
    decision_words = models.TextField(_("in general"), max_length=3000, blank=True)
    facts_used = models.TextField(_("facts relied on"), max_length=2000, blank=True)
    signed_name = models.CharField(_("signed"), max_length=150, blank=True)
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
    withdrawn_words = models.CharField(_("why"), max_length=500, blank=True)

    objects = AppealQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice"], condition=Q(state__in=OPEN), name="one_open_appeal_per_notice"
            ),
            *(
                by_somebody("appeal", verb)
                for verb in ("screened", "decided", "closed", "withdrawn")
            ),
            models.CheckConstraint(
                condition=Q(postmarked_on__isnull=True)
                | Q(channel=AppealChannel.MAIL, postmarked_on__lte=F("received_on")),
                name="appeal_postmark_is_of_a_letter",
            ),
            models.CheckConstraint(
                condition=Q(screened_at__isnull=True)
                | Q(is_timely=True, is_complete=True)
                | Q(is_timely__isnull=False, is_complete__isnull=False) & ~Q(screening_words=""),
                name="appeal_screened_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | ~Q(signed_name=""),
                name="appeal_decision_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(took_part__contains=[F("decided_by")]),
                name="appeal_decided_by_others_than_before",
            ),
        ]
        indexes = [
            models.Index(
                fields=["program", "due_on"],
                condition=Q(state__in=[*OPEN, AppealState.DECIDED]),
                name="appeals_due",
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("intake:appeal", args=[self.number])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def asked_on(self) -> date:
        """The day that counts: of the postmark, of the upload, or else of arriving."""
        return self.postmarked_on or self.received_on

    @property
    def is_late(self) -> bool:
        """Whether it was asked after the last day of the notice, where that day is known."""
        last = self.notice.review_by
        return last is not None and self.asked_on > last

    @property
    def decided_on(self) -> date | None:
        """The day of the decision, as the calendar on the program's wall says."""
        if self.decided_at is None:
            return None
        return timezone.localdate(self.decided_at, programs.get(self.program).timezone)

    @property
    def was_decided(self) -> bool:
        return self.decided_at is not None

    @property
    def outcome_words(self) -> str:
        """What was decided, of all services together; empty before."""
        answers = {service.answer for service in self.services.all()}
        if not self.was_decided:
            return ""
        if answers == {Answer.REVERSED}:
            return pgettext("appeal", "The decision is changed to yes")
        if answers == {Answer.UPHELD}:
            return pgettext("appeal", "The decision stays")
        return pgettext("appeal", "Changed in part")

    @property
    def state_words(self) -> str:
        return self.outcome_words or str(AppealState(self.state).label)

    def move_to(self, state: str, *, by: User, at: datetime, reason: str) -> Appeal:
        """Move along the table of moves and save; raise WrongMove for a move it lacks.

        The row must be locked by the caller's transaction.
        """
        check_move(MOVES, self.state, state)
        self.state = state
        if (stamp := STAMPS.get(AppealState(state))) is not None:
            setattr(self, f"{stamp}_by", by)
            setattr(self, f"{stamp}_at", at)
        return save_tracked(self, by=by, reason=reason)


class AppealedService(models.Model):
    """One decision that is looked at again, and what the committee says of it."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="services")
    decision = models.ForeignKey(
        "eligibility.ServiceDecision", on_delete=models.PROTECT, related_name="appealed"
    )
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    reasons = models.CharField(_("reasons"), max_length=1000, blank=True)
    # The yes that a changed decision became, once it was carried out.
    granted = models.OneToOneField(
        "eligibility.ServiceDecision",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="granted_by_appeal",
    )

    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appeal", "decision"], name="one_answer_per_appealed_decision"
            ),
            models.CheckConstraint(
                condition=Q(answer="") | ~Q(reasons=""), name="an_appeal_is_answered_with_reasons"
            ),
            models.CheckConstraint(
                condition=Q(granted__isnull=True) | Q(answer=Answer.REVERSED),
                name="only_a_reversal_grants",
            ),
        ]

    def __str__(self) -> str:
        return f"service of {self.appeal}"
