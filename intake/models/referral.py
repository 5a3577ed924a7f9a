"""A child whom somebody refers to a program: who, why, and what became of it."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet, save_tracked
from cms_portal.database.names import Plain
from cms_portal.families.models import Channel, Language, WrittenLanguage
from intake.models.application import USER, new_number
from intake.referral_states import FINAL, MOVES, OPEN, WAITING, CloseReason, ReferralStatus
from intake.referral_words import NEWBORN_SOURCES, Calling, Reason, Source
from intake.states import WrongMove
from intake.urgency import Urgency

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

S = ReferralStatus


class ReferralQuerySet(TrackedQuerySet):
    def open(self) -> ReferralQuerySet:
        return self.filter(status__in=OPEN)

    def in_work(self) -> ReferralQuerySet:
        """Keep those that somebody still has to do something about."""
        return self.open().exclude(status=S.REACHED, application__isnull=False)

    def most_urgent_first(self) -> ReferralQuerySet:
        """Put whom nobody has spoken with first, of those what cannot wait, then by the day due."""
        is_spoken_with = Case(When(status=S.REACHED, then=Value(1)), default=Value(0))
        is_urgent = Case(When(urgency="", then=Value(1)), default=Value(0))
        return self.order_by(is_spoken_with, is_urgent, "due_on", "pk")

    def about(self, *, first_name: str, last_name: str, born_on: date | None) -> ReferralQuerySet:
        """Keep those about a child of this name, the two names perhaps swapped, and this birthday."""
        straight = Q(first_name__plain=first_name, last_name__plain=last_name)
        swapped = Q(first_name__plain=last_name, last_name__plain=first_name)
        return self.filter(straight | swapped, born_on=born_on, born_on__isnull=False)

    def looking_like(self, one: Referral) -> ReferralQuerySet:
        """Keep those which a person should look at: the same name, phone, or last name and birthday."""
        name = Q(first_name__plain=one.first_name, last_name__plain=one.last_name)
        swapped = Q(first_name__plain=one.last_name, last_name__plain=one.first_name)
        born = Q(last_name__plain=one.last_name, born_on=one.born_on, born_on__isnull=False)
        phones = [phone for phone in (one.phone, one.other_phone) if phone]
        called = Q(phone__in=phones) | Q(other_phone__in=phones)
        return self.filter(name | swapped | born | called)

    def with_phone(self, phone: object) -> ReferralQuerySet:
        return self.filter(~Q(phone=""), Q(phone=phone) | Q(other_phone=phone))


class Referral(models.Model):
    """Somebody thinks that a child may need the program. Nobody outside learns whether we know the child."""

    program = programs.field()
    number = models.CharField(_("number"), max_length=9, unique=True, default=new_number)
    status = models.CharField(max_length=16, choices=ReferralStatus, default=S.RECEIVED)
    # When the status became what it is: who referred later is not told what was before.
    status_at = models.DateTimeField()
    # Of the page it was written on and what was written: the same page sent twice is one referral.
    start_key = models.UUIDField(unique=True, default=uuid.uuid4)
    received_at = models.DateTimeField(_("received"))
    due_on = models.DateField(_("first contact by"))
    urgency = models.CharField(_("what cannot wait"), max_length=10, choices=Urgency, blank=True)
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="referrals")
    worker = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    source = models.CharField(_("who refers"), max_length=20, choices=Source)
    referrer_name = models.CharField(_("name of who refers"), max_length=120)
    organization = models.CharField(_("school, clinic or program"), max_length=150, blank=True)
    referrer_phone = PhoneNumberField(_("phone of who refers"), blank=True)
    referrer_email = models.EmailField(_("email of who refers"), blank=True)
    # How to say that there is news, or blank; and in which language, the page's.
    news_by = models.CharField(_("news by"), max_length=10, choices=Channel, blank=True)
    language = models.CharField(_("language of the page"), max_length=2, choices=WrittenLanguage)

    first_name = models.CharField(_("child’s first name"), max_length=80)
    last_name = models.CharField(_("child’s last name"), max_length=80)
    born_on = models.DateField(_("child’s date of birth"), null=True, blank=True)
    age = models.PositiveSmallIntegerField(_("child’s age"), null=True, blank=True)
    guardian_name = models.CharField(_("parent or guardian"), max_length=120, blank=True)
    phone = PhoneNumberField(_("phone of the family"), blank=True)
    other_phone = PhoneNumberField(_("another phone of the family"), blank=True)
    other_way = models.CharField(_("another way to reach them"), max_length=200, blank=True)
    spoken_language = models.CharField(
        _("language they speak"), max_length=8, choices=Language, blank=True
    )
    calling = models.CharField(_("whether calls are safe"), max_length=10, choices=Calling)
    county = models.ForeignKey(
        "offices.County",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="referrals",
        verbose_name=_("county"),
    )
    zip_code = models.CharField(_("ZIP code"), max_length=10, blank=True)

    reasons = ArrayField(
        models.CharField(max_length=20, choices=Reason), verbose_name=_("why"), default=list
    )
    words = models.CharField(_("in their words"), max_length=500, blank=True)
    # Who of the family agreed, on which day, and to which words exactly.
    agreed_by = models.CharField(_("who agreed"), max_length=120, blank=True)
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    agreed_words = models.TextField(_("words agreed to"), blank=True)
    may_tell_referrer = models.BooleanField(_("who refers may know what became of it"))

    child = models.ForeignKey(
        "families.Child", null=True, blank=True, on_delete=models.PROTECT, related_name="referrals"
    )
    application = models.ForeignKey(
        "intake.Application",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="referrals",
    )
    joined_to = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="joined",
        verbose_name=_("joined to"),
    )
    passed_on_to = models.CharField(_("passed on to"), max_length=150, blank=True)
    close_reason = models.CharField(_("why closed"), max_length=12, choices=CloseReason, blank=True)
    close_words = models.CharField(_("more on why"), max_length=300, blank=True)

    objects = ReferralQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("referral")
        constraints = [
            models.CheckConstraint(
                condition=Q(born_on__isnull=False) | Q(age__isnull=False),
                name="referral_tells_an_age",
            ),
            models.CheckConstraint(
                condition=~Q(agreed_by="", agreed_words="") | Q(source__in=NEWBORN_SOURCES),
                name="referral_the_family_agreed_to",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by="", agreed_words="", agreed_on__isnull=True)
                | (~Q(agreed_by="") & ~Q(agreed_words="") & Q(agreed_on__isnull=False)),
                name="referral_agreed_by_somebody_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(status=S.JOINED, joined_to__isnull=False)
                | (~Q(status=S.JOINED) & Q(joined_to__isnull=True)),
                name="joined_referral_says_to_which",
            ),
            models.CheckConstraint(
                condition=(Q(status=S.CLOSED) & ~Q(close_reason=""))
                | (~Q(status=S.CLOSED) & Q(close_reason="")),
                name="closed_referral_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status=S.NOT_OURS) | ~Q(passed_on_to=""),
                name="referral_passed_on_to_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "due_on"],
                condition=Q(status__in=["received", "trying", "reached"]),
                name="open_referrals",
            ),
            models.Index(Plain("last_name"), Plain("first_name"), name="referral_by_plain_name"),
            models.Index(fields=["phone"], name="referral_by_phone"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("intake:referral", args=[self.number])

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def is_urgent(self) -> bool:
        return bool(self.urgency)

    @property
    def is_waiting(self) -> bool:
        return self.status in WAITING

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_final(self) -> bool:
        return self.status in FINAL

    @property
    def agreed(self) -> bool:
        """Whether somebody of the family said yes to the referral."""
        return bool(self.agreed_words)

    def move_to(self, status: str, *, by: User, at: datetime, reason: str) -> Referral:
        """Move along the table of moves and save; raise WrongMove for a move it lacks.

        The row must be locked by the caller's transaction.
        """
        if status not in MOVES[ReferralStatus(self.status)]:
            raise WrongMove(self.status, status)
        self.status, self.status_at = status, at
        return save_tracked(self, by=by, reason=reason)
