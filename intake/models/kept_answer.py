"""What the quick check was told, until the family sends the page that asks the same."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

# As long as a family may take over an application it began. Owner: program administrator.
KEPT_FOR = timedelta(days=30)


class KeptAnswerQuerySet(models.QuerySet):
    def stale(self, now: datetime) -> KeptAnswerQuerySet:
        return self.filter(kept_at__lte=now - KEPT_FOR)


class KeptAnswer(models.Model):
    """What one page of a draft shows filled in, encrypted; it is no answer before the family sends it.

    Keeps no history: it is gone once the page is sent, and at the latest after a month.
    """

    application = models.ForeignKey(
        "intake.Application", on_delete=models.PROTECT, related_name="kept_answers"
    )
    step = models.CharField(max_length=40)
    told = models.TextField()
    kept_at = models.DateTimeField()

    objects = KeptAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "step"], name="one_kept_answer_for_each_page"
            )
        ]

    def __str__(self) -> str:
        return f"kept answer {self.pk}"
