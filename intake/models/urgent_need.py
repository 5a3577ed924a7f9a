"""What a family that applies tells us that cannot wait, and who spoke with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet
from cms_portal.offices.models import OpeningHours
from intake.models.application import USER, Application
from intake.models.reaching import ContactOutcome
from intake.urgency import Urgency

if TYPE_CHECKING:
    from datetime import date


class UrgentNeedQuerySet(TrackedQuerySet):
    def open(self) -> UrgentNeedQuerySet:
        """Keep those where nobody has spoken with the family yet."""
        return self.filter(answered_at__isnull=True)

    def with_missed_calls(self) -> UrgentNeedQuerySet:
        """Add to each how often nobody was reached, and when that was last tried."""
        return self.annotate(
            times_missed=Count("missed_calls"), last_missed_at=Max("missed_calls__at")
        )

    def with_the_call(self) -> UrgentNeedQuerySet:
        """Add when the office closes on the day of the call, and the last call that reached nobody."""
        # PostgreSQL counts the days of a week from 1, Python and our hours from 0.
        hours = OpeningHours.objects.filter(
            office=OuterRef("office"), weekday=OuterRef("due_on__iso_week_day") - 1
        )
        missed = MissedCall.objects.filter(need=OuterRef("pk")).order_by("-at", "-pk")
        return self.annotate(
            closes_at=Subquery(hours.order_by("-closes_at").values("closes_at")[:1]),
            last_missed_at=Subquery(missed.values("at")[:1]),
            last_missed_phone=Subquery(missed.values("phone")[:1]),
        )

    def most_urgent_first(self) -> UrgentNeedQuerySet:
        return self.order_by("due_on", "told_at", "pk")


class UrgentNeed(models.Model):
    """Something of an application's child that cannot wait; of one application one is open at a time."""

    program = programs.field()
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="urgent_needs"
    )
    kinds = ArrayField(
        models.CharField(max_length=10, choices=Urgency), verbose_name=_("what cannot wait")
    )
    # May be blank where a worker takes it from somebody who stands before them.
    phone = PhoneNumberField(_("phone to call now"), blank=True)
    may_leave_message = models.BooleanField(_("safe to leave a message"), default=False)
    told_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(_("told"))
    office = models.ForeignKey(
        "offices.Office", on_delete=models.PROTECT, related_name="urgent_needs"
    )
    worker = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField(_("speak with the family by"))
    spoke_with = models.CharField(_("who was reached"), max_length=120, blank=True)
    done = models.CharField(_("what was agreed"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("spoken with"), null=True, blank=True)
    answered_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = UrgentNeedQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("urgent need")
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(answered_at__isnull=True),
                name="one_open_urgent_need",
            ),
            models.CheckConstraint(condition=Q(kinds__len__gt=0), name="urgent_need_says_what"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, spoke_with="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(spoke_with="")),
                name="urgent_need_answered_with_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "due_on"],
                condition=Q(answered_at__isnull=True),
                name="open_urgent_needs",
            )
        ]

    def __str__(self) -> str:
        return f"urgent need {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("intake:urgent_need", args=[self.pk])

    @property
    def household_id(self) -> Any:
        """The home that told it."""
        return self.application.household_id

    @property
    def kinds_in_words(self) -> list[str]:
        return [str(Urgency(kind).label) for kind in self.kinds]

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    def is_late(self, today: date) -> bool:
        """Whether its day is over and nobody has spoken with the family."""
        return self.is_open and self.due_on < today


class MissedCall(models.Model):
    """Somebody called about an urgent need and did not reach the family; the need stays open."""

    need = models.ForeignKey(UrgentNeed, on_delete=models.PROTECT, related_name="missed_calls")
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    phone = PhoneNumberField(_("number called"))
    outcome = models.CharField(_("what came of it"), max_length=14, choices=ContactOutcome)
    next_step = models.CharField(_("what is next"), max_length=200)

    is_append_only = True
    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("call that reached nobody")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=ContactOutcome.REACHED), name="missed_call_reached_nobody"
            )
        ]

    def __str__(self) -> str:
        return f"missed call {self.pk}"


def open_need_of(application: str = "pk") -> QuerySet:
    """Return the key of what is urgent now, as a subquery beside the rows of applications."""
    return UrgentNeed.objects.open().filter(application=OuterRef(application)).values("pk")[:1]
