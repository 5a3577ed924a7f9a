"""Where and when an account was opened, and which tries were wrong."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignInQuerySet(models.QuerySet):
    def newest_first(self) -> SignInQuerySet:
        return self.order_by("-at", "-pk")

    def open(self) -> SignInQuerySet:
        return self.filter(outcome=SignIn.Outcome.SIGNED_IN, ended_at__isnull=True)

    def wrong(self) -> SignInQuerySet:
        return self.exclude(outcome=SignIn.Outcome.SIGNED_IN)


class SignIn(models.Model):
    """One sign-in, or one wrong try that we looked at. The person sees them on the account page.

    Keeps no history: a row is added, and its end is added once.
    """

    class Outcome(models.TextChoices):
        SIGNED_IN = "signed_in", _("signed in")
        WRONG_CODE = "wrong_code", _("wrong code")
        WRONG_PIN = "wrong_pin", _("wrong PIN or password")

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="sign_ins")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    how = models.CharField(max_length=60, blank=True)
    browser = models.CharField(max_length=60, blank=True)
    is_shared_computer = models.BooleanField(default=False)
    session_key = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "-at"], name="sign_ins_of_user")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_outcome_display()}, {self.at:%Y-%m-%d}"
