"""What somebody had typed when their session ended."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

KEPT_FOR = timedelta(hours=2)


class UnsentFormQuerySet(models.QuerySet):
    def fresh(self, now: datetime) -> UnsentFormQuerySet:
        return self.filter(kept_at__gt=now - KEPT_FOR)

    def stale(self, now: datetime) -> UnsentFormQuerySet:
        return self.filter(kept_at__lte=now - KEPT_FOR)


class UnsentForm(models.Model):
    """A form that arrived after its session had ended: kept, encrypted, for the same person only.

    Keeps no history: it is nobody's record, and gone within hours.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="unsent_forms")
    path = models.CharField(max_length=300)
    typed = models.TextField()
    kept_at = models.DateTimeField()

    objects = UnsentFormQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "path"], name="one_unsent_form_per_page")
        ]

    def __str__(self) -> str:
        return f"unsent form {self.pk}"
