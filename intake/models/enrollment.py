"""A child in the program, from a day until a day, and what the child can get meanwhile."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet, save_tracked
from cms_portal.families.models.periods import DatedQuerySet, ends_after_it_starts, never_twice
from intake.models.application import Application
from intake.states import ENROLLMENT_MOVES, EnrollmentState, check_move

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

USER = "accounts.User"


class EndReason(models.TextChoices):
    FAMILY = "family", _("The family wished it")
    NOT_RENEWED = "not_renewed", _("Not renewed")
    AGED_OUT = "aged_out", _("Too old for the program")
    MOVED = "moved", _("Moved away")
    NOT_ELIGIBLE = "not_eligible", _("No service fits any more")
    NO_CONTACT = "no_contact", _("Could not be reached")
    GOALS_MET = "goals_met", _("Goals met")
    DIED = "died", _("The child died")


class ReviewWish(models.TextChoices):
    """What a family that leaves wishes for the review of a refusal that is open."""

    GO_ON = "go_on", pgettext_lazy("review", "It goes on")
    TAKE_BACK = "take_back", pgettext_lazy("review", "It is taken back")


class EnrollmentQuerySet(TrackedQuerySet):
    def open(self) -> EnrollmentQuerySet:
        return self.exclude(state=EnrollmentState.ENDED)


class Enrollment(models.Model):
    """One child is in one program through one household that applied; another home's is its own matter.

    `ends_on` is the first day after it. It ends by a person's act and a notice, never by itself.
    """

    program = programs.field()
    child = models.ForeignKey(
        "families.Child", on_delete=models.PROTECT, related_name="enrollments"
    )
    household = models.ForeignKey(
        "families.Household", on_delete=models.PROTECT, related_name="enrollments"
    )
    # What it rests on now: the application decided last.
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="enrollments"
    )
    state = models.CharField(max_length=8, choices=EnrollmentState, default=EnrollmentState.ACTIVE)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    # Programs that send no reminders by themselves do so for a family that asks.
    wants_reminders = models.BooleanField(_("wants reminders"))
    # How many days before the end the last reminder to renew was for; none of this year's yet if empty.
    reminded_days_before = models.PositiveSmallIntegerField(null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=12, choices=EndReason, blank=True)
    # Said by a family that left while a review was open.
    review_wish = models.CharField(
        _("its open review"), max_length=9, choices=ReviewWish, blank=True
    )
    ended_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = EnrollmentQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            ends_after_it_starts("enrollment_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["child", "household"],
                condition=~Q(state="ended"),
                name="one_open_enrollment_of_a_household",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False, ended_by__isnull=False)
                & ~Q(end_reason="")
                | ~Q(state="ended")
                & Q(ended_at__isnull=True, ended_by__isnull=True, end_reason=""),
                name="enrollment_ended_by_somebody_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(review_wish="") | Q(end_reason="family"),
                name="only_who_leaves_says_what_becomes_of_a_review",
            ),
        ]
        indexes = [
            models.Index(
                fields=["program", "ends_on"],
                condition=~Q(state="ended"),
                name="open_enrollments_by_end",
            )
        ]

    def __str__(self) -> str:
        return f"enrollment {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("intake:enrollment", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state != EnrollmentState.ENDED

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)

    def move_to(
        self,
        state: str,
        *,
        by: User,
        at: datetime,
        reason: str,
        end_reason: str = "",
        review_wish: str = "",
    ) -> Enrollment:
        """Move along the table of moves and save; raise WrongMove for a move it lacks."""
        check_move(ENROLLMENT_MOVES, self.state, state)
        has_ended = state == EnrollmentState.ENDED
        self.state, self.end_reason, self.review_wish = state, end_reason, review_wish
        self.ended_by, self.ended_at = (by, at) if has_ended else (None, None)
        return save_tracked(self, by=by, reason=reason)


class EnrolledService(models.Model):
    """One service a child can get, from a day until the day before `ends_on`, by a decision."""

    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="services")
    service = models.CharField(max_length=60)
    decision = models.ForeignKey(
        "eligibility.ServiceDecision", on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    objects = DatedQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["pk"]
        constraints = [
            ends_after_it_starts("enrolled_service_ends_after_it_starts"),
            never_twice("a_service_once_at_a_time", "enrollment", "service"),
        ]

    def __str__(self) -> str:
        return f"{self.service} of {self.enrollment}"

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)
