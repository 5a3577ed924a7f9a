"""Paper cards with codes, for families without a phone or email, and for the day a phone is lost."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.accounts.models.codes import OneUseQuerySet
from cms_portal.audit.tracking import History, TrackedQuerySet
from cms_portal.database.constraints import by_somebody


class HowIdentified(models.TextChoices):
    """How the office knew who stood there. A phone number or a birth date is never enough."""

    PHOTO_ID = "photo_id", _("I saw a photo ID")
    OTHER_ID = "other_id", _("I saw another ID, such as a tribal or consular card")
    KNOWN = "known", _("I know this person from earlier visits")
    VOUCHED = "vouched", _("A colleague who knows this person was there")


class PaperCardQuerySet(TrackedQuerySet):
    def active(self) -> PaperCardQuerySet:
        return self.filter(ended_at__isnull=True)


class PaperCard(models.Model):
    """A card with ten codes, given by an office or printed by the person; one at a time."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="cards")
    program = programs.field(blank=True)
    office = models.ForeignKey("offices.Office", null=True, on_delete=models.PROTECT)
    issued_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(auto_now_add=True)
    identified_by = models.CharField(max_length=10, choices=HowIdentified, blank=True)
    note = models.CharField(max_length=300, blank=True)
    # While this day has not come, a code of the card lets its holder choose a PIN if there is none.
    choose_pin_until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PaperCardQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at__isnull=True), name="one_card_at_a_time"
            ),
            by_somebody("card", "ended"),
            models.CheckConstraint(
                condition=Q(office__isnull=True) | ~Q(program="") & ~Q(identified_by=""),
                name="office_card_says_how_identified",
            ),
        ]

    def __str__(self) -> str:
        return f"card {self.pk}"

    def lets_choose_pin(self, on: date) -> bool:
        return self.choose_pin_until is not None and on < self.choose_pin_until


class CardCode(models.Model):
    """One code of a card; `selector` are its first digits, which no page ever tells.

    Keeps no history: it changes once, when it is used.
    """

    card = models.ForeignKey(PaperCard, on_delete=models.PROTECT, related_name="codes")
    number = models.PositiveSmallIntegerField()
    selector = models.CharField(max_length=5)
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)
    wrong_guesses = models.PositiveSmallIntegerField(default=0)

    objects = OneUseQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["card", "selector"], name="one_code_per_selector")
        ]

    def __str__(self) -> str:
        return f"code {self.number} of {self.card}"
