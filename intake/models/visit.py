"""A call or an office visit planned to take an assessment, and who spoke when one was taken."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet, save_tracked
from cms_portal.families.models import InterpreterMode, Language
from intake.models.application import USER, Application, Channel
from intake.states import WrongMove

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.families.models import Child

SPOKEN = [Channel.PHONE, Channel.OFFICE]


class VisitState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("visit", "Planned")
    HELD = "held", pgettext_lazy("visit", "Took place")
    MISSED = "missed", pgettext_lazy("visit", "Did not take place")
    MOVED = "moved", pgettext_lazy("visit", "Moved to another time")
    CANCELLED = "cancelled", pgettext_lazy("visit", "Cancelled")


MOVES: dict[VisitState, list[VisitState]] = {
    VisitState.PLANNED: [
        VisitState.HELD,
        VisitState.MISSED,
        VisitState.MOVED,
        VisitState.CANCELLED,
    ],
    VisitState.HELD: [],
    VisitState.MISSED: [],
    VisitState.MOVED: [],
    VisitState.CANCELLED: [],
}


class Moments(Func):
    """The half-open range of moments [starts_at, ends_at)."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class VisitQuerySet(TrackedQuerySet):
    def planned(self) -> VisitQuerySet:
        return self.filter(state=VisitState.PLANNED)

    def between(self, first: datetime, last: datetime) -> VisitQuerySet:
        """Keep those that share a moment with [first, last)."""
        return self.filter(starts_at__lt=last, ends_at__gt=first)


class Visit(models.Model):
    """A time at which a worker takes an assessment, by phone or at the office."""

    program = programs.field()
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="visits")
    channel = models.CharField(
        _("how"), max_length=10, choices=[(one.value, one.label) for one in SPOKEN]
    )
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="visits")
    worker = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="visits")
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    interpreter_language = models.CharField(
        _("interpreter’s language"), max_length=8, choices=Language, blank=True
    )
    moved_from = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="moved_to"
    )
    planned_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    state = models.CharField(
        _("where it stands"), max_length=10, choices=VisitState, default=VisitState.PLANNED
    )
    closed_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = VisitQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            ExclusionConstraint(
                name="a_worker_has_one_visit_at_a_time",
                expressions=[
                    (Moments("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                    ("worker", RangeOperators.EQUAL),
                ],
                condition=Q(state=VisitState.PLANNED),
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state=VisitState.PLANNED),
                name="one_planned_visit_of_an_application",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="visit_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=VisitState.PLANNED, closed_at__isnull=True, closed_by__isnull=True
                )
                | ~Q(state=VisitState.PLANNED)
                & Q(closed_at__isnull=False, closed_by__isnull=False),
                name="visit_closed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"visit for {self.application}"

    @property
    def child(self) -> Child:
        return self.application.child

    @property
    def local_start(self) -> datetime:
        """The start as the clock on the wall of the program's offices says."""
        return timezone.localtime(self.starts_at, programs.get(self.program).timezone)

    def move_to(self, state: str, *, by: User, at: datetime, reason: str) -> Visit:
        """Close it and save; raise WrongMove once it was. The application's row must be locked."""
        if state not in MOVES[VisitState(self.state)]:
            raise WrongMove(self.state, state)
        self.state, self.closed_by, self.closed_at = state, by, at
        return save_tracked(self, by=by, reason=reason)


class Interpreting(models.TextChoices):
    NOT_NEEDED = "not_needed", pgettext_lazy("interpreter", "Not needed")
    USED = "used", pgettext_lazy("interpreter", "Used")
    DECLINED = "declined", pgettext_lazy("interpreter", "Offered and declined")


class Conversation(models.Model):
    """Who told a worker the answers, how, and through which interpreter. Kept as it was, never changed."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="conversations"
    )
    channel = models.CharField(
        _("how"), max_length=10, choices=[(one.value, one.label) for one in SPOKEN]
    )
    spoke_with = models.CharField(_("who spoke"), max_length=150)
    interpreting = models.CharField(_("interpreter"), max_length=12, choices=Interpreting)
    language = models.CharField(_("language"), max_length=8, choices=Language, blank=True)
    mode = models.CharField(
        _("how the interpreter joins"), max_length=10, choices=InterpreterMode, blank=True
    )
    interpreter = models.CharField(_("interpreter’s name or number"), max_length=80, blank=True)
    held_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField(_("spoken at"))

    is_append_only = True
    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["-held_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(interpreting=Interpreting.USED)
                | ~Q(language="") & ~Q(mode="") & ~Q(interpreter=""),
                name="an_interpreter_has_language_mode_and_name",
            )
        ]

    def __str__(self) -> str:
        return f"conversation for {self.application}"
