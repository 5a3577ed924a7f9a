"""What we still need from a family before a service can be decided."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet, save_tracked
from cms_portal.documents.cover_codes import new_code
from intake.models.application import Application
from intake.states import REQUEST_MOVES, RequestState, check_move

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

USER = "accounts.User"


class InformationRequestQuerySet(TrackedQuerySet):
    def open(self) -> InformationRequestQuerySet:
        return self.filter(state=RequestState.OPEN)

    def counted(self) -> InformationRequestQuerySet:
        """Leave out what was taken back: the time it stood open counts as ours."""
        return self.exclude(state=RequestState.CANCELLED)

    def due_before(self, day: date) -> InformationRequestQuerySet:
        return self.filter(due_on__lt=day)


class InformationRequest(models.Model):
    """One thing asked of a family, for one rule and the services that wait for it.

    While it is open, those services wait for the family: their time to decide stands still.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="information_requests"
    )
    # The rule's name in the library of rules: what we ask, and which papers would do, follow from it.
    rule = models.CharField(max_length=60)
    services = ArrayField(models.CharField(max_length=60))
    words = models.CharField(_("in the worker’s words"), max_length=500, blank=True)
    # Why a family is asked for what a paper of its proves already.
    although = models.CharField(_("why, though we have proof"), max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=RequestState, default=RequestState.OPEN)
    due_on = models.DateField(_("asked for by"))
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    # Printed on a cover sheet: a scan that begins with it files itself here.
    cover_code = models.CharField(max_length=20, unique=True, default=new_code, editable=False)
    # Answered on paper: the day it came to us, from which our time runs again.
    answered_on = models.DateField(null=True, blank=True)
    answer = models.TextField(_("what the family said"), blank=True)
    document = models.ForeignKey(
        "documents.Document",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answered_requests",
    )
    closed_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = InformationRequestQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "rule"],
                condition=Q(state="open"),
                name="one_open_request_for_each_rule",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True, closed_by__isnull=True)
                | (~Q(state="open") & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="request_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | ~Q(state="open"),
                name="open_request_has_no_answer_day",
            ),
            models.CheckConstraint(
                condition=Q(services__len__gt=0), name="request_serves_a_service"
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(state="open"), name="open_requests_due")
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("intake:review", args=[self.application.number])

    @property
    def is_open(self) -> bool:
        return self.state == RequestState.OPEN

    @property
    def asked_on(self) -> date:
        """The day it was asked, as the calendar on the program's wall says."""
        return self._day_of(self.asked_at)

    @property
    def closed_on(self) -> date | None:
        """The day it was answered or closed; of what came on paper, the day it came."""
        if self.answered_on is not None:
            return self.answered_on
        return self._day_of(self.closed_at) if self.closed_at else None

    def _day_of(self, moment: datetime) -> date:
        return timezone.localdate(moment, programs.get(self.application.program).timezone)

    def move_to(
        self, state: str, *, by: User, at: datetime, reason: str, answer: str = ""
    ) -> InformationRequest:
        """Move along the table of moves and save; raise WrongMove for a move it lacks."""
        check_move(REQUEST_MOVES, self.state, state)
        self.state, self.closed_by, self.closed_at = state, by, at
        if self.is_open:
            self.closed_by, self.closed_at, self.answered_on = None, None, None
        self.answer = answer or self.answer
        return save_tracked(self, by=by, reason=reason)
