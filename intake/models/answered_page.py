"""Who said the answers of one page, how, when, and when somebody last said that they still hold."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms_portal.audit.tracking import History, TrackedQuerySet
from cms_portal.database.constraints import by_somebody
from intake.models.application import USER, Application, Channel


class AnsweredPage(models.Model):
    """A page of an application that was answered; on an optional one a blank is then an answer, too."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="answered_pages"
    )
    step = models.CharField(_("page"), max_length=40)
    # Who wrote it down: the person themselves, or the worker who was told.
    said_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    said_name = models.CharField(_("who said it"), max_length=150, blank=True)
    channel = models.CharField(_("how it was said"), max_length=10, choices=Channel)
    said_at = models.DateTimeField(_("said at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = TrackedQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "step"], name="a_page_is_answered_once"),
            by_somebody("answered_page", "confirmed"),
        ]

    def __str__(self) -> str:
        return f"{self.step} of {self.application}"

    @property
    def holds_since(self) -> datetime:
        """When somebody last said these answers, or that they still hold."""
        return self.confirmed_at or self.said_at

    @property
    def is_to_confirm(self) -> bool:
        """Whether the answers come from an earlier application, and nobody has said yet that they hold."""
        return self.holds_since < self.application.started_at
