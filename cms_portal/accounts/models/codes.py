"""Codes we send to an email address or a phone, each of which works once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

# After so many wrong guesses a code is dead, whoever guessed.
MOST_WRONG_GUESSES = 3


class Channel(models.TextChoices):
    EMAIL = "email", _("Email")
    TEXT = "text", _("Text message")
    VOICE = "voice", _("Phone call")


class Purpose(models.TextChoices):
    SIGN_IN = "sign_in", _("to sign in")
    SIGN_UP = "sign_up", _("to open an account")
    RESET = "reset", _("to choose a new PIN")
    CONTACT = "contact", _("to change an email address or phone number")


class OneUseQuerySet(models.QuerySet):
    """Rows that hold the digest of a code: each is used once, whatever arrives at the same moment."""

    def usable(self, now: datetime) -> OneUseQuerySet:
        return self.filter(used_at__isnull=True, wrong_guesses__lt=MOST_WRONG_GUESSES)

    def use(self, now: datetime) -> bool:
        """Use the one code of this queryset; of many tries at once the database lets one through."""
        return self.usable(now).update(used_at=now) == 1

    def count_wrong_guess(self) -> None:
        self.update(wrong_guesses=F("wrong_guesses") + 1)


class SentCodeQuerySet(OneUseQuerySet):
    def usable(self, now: datetime) -> SentCodeQuerySet:
        return super().usable(now).filter(expires_at__gt=now)  # type: ignore[return-value]

    def unused_since(self, now: datetime, period: timedelta) -> SentCodeQuerySet:
        """Keep the codes asked for in the last `period` that nobody has used: they count as sending."""
        return self.filter(created_at__gt=now - period, used_at__isnull=True)

    def short(self) -> SentCodeQuerySet:
        return self.filter(selector="")

    def long(self) -> SentCodeQuerySet:
        return self.exclude(selector="")


class SentCode(models.Model):
    """A code asked for. Rows exist also for addresses we do not know, so that both cost the same.

    A short code (6 digits) belongs to the browser that asked. A long one (12 digits, of which
    `selector` are the first) works in any browser, for an account at which somebody is guessing.
    Keeps no history: it changes once, when it is used, and is gone after a day.
    """

    purpose = models.CharField(max_length=10, choices=Purpose)
    user = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.CASCADE, related_name="sent_codes"
    )
    # Digests: enough to count by, not to read.
    identifier = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    device = models.CharField(max_length=64, blank=True)
    channel = models.CharField(max_length=5, choices=Channel)
    destination = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=2)
    selector = models.CharField(max_length=5, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    wrong_guesses = models.PositiveSmallIntegerField(default=0)

    objects = SentCodeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["identifier", "created_at"], name="codes_of_identifier"),
            models.Index(fields=["address", "created_at"], name="codes_of_address"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="code_expires_after_it_is_made"
            )
        ]

    def __str__(self) -> str:
        return f"code {self.pk}"
