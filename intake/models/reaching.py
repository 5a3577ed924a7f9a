"""What was done to reach a family that was referred: tries, and numbers given later."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from phonenumber_field.modelfields import PhoneNumberField

from cms_portal.audit.tracking import History, TrackedQuerySet
from intake.models.application import USER
from intake.models.referral import Referral


class ContactChannel(models.TextChoices):
    """How somebody tried."""

    CALL = "call", pgettext_lazy("try", "Phone call")
    TEXT = "text", pgettext_lazy("try", "Text message")
    EMAIL = "email", pgettext_lazy("try", "Email")
    VISIT = "visit", pgettext_lazy("try", "Visit")
    REFERRER = "referrer", pgettext_lazy("try", "Through who referred")
    LETTER = "letter", pgettext_lazy("try", "Letter")
    DOCTOR = "doctor", pgettext_lazy("try", "Through the child’s doctor")


class ContactOutcome(models.TextChoices):
    """What came of it."""

    REACHED = "reached", pgettext_lazy("try", "Spoke with the family")
    NO_ANSWER = "no_answer", pgettext_lazy("try", "No answer")
    MESSAGE_LEFT = "message_left", pgettext_lazy("try", "Left a message, or sent it")
    CALL_LATER = "call_later", pgettext_lazy("try", "Asked us to call another time")
    WRONG_NUMBER = "wrong_number", pgettext_lazy("try", "Wrong number or address")


class ContactAttempt(models.Model):
    """Somebody tried to reach the family of a referral, or did."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(_("how"), max_length=10, choices=ContactChannel)
    outcome = models.CharField(_("what came of it"), max_length=14, choices=ContactOutcome)
    reached = models.CharField(_("who was reached"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    is_append_only = True
    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("try to reach the family")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(outcome=ContactOutcome.REACHED) | ~models.Q(reached=""),
                name="who_was_reached_has_a_name",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.get_outcome_display()}"


class AddedNumber(models.Model):
    """Another phone of the family that who referred gave later, by the receipt."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="numbers")
    phone = PhoneNumberField(_("phone"))
    added_at = models.DateTimeField(_("given"))

    is_append_only = True
    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("another phone")
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "phone"], name="one_added_number_each")
        ]

    def __str__(self) -> str:
        return str(self.phone)
