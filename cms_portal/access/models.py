"""Links that open one thing for whoever holds them."""

from __future__ import annotations

from datetime import datetime

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms_portal.audit.tracking import History, TrackedQuerySet
from cms_portal.database.constraints import by_somebody

USER = "accounts.User"


class LinkPurpose(models.TextChoices):
    """The one thing a link is for; a link for one purpose is unknown to every other page."""

    RECEIPT = "receipt", _("see that a referral or application arrived")
    NEWS = "news", _("stop the news")
    HELP = "help", _("help with an application")


class AccessLinkQuerySet(TrackedQuerySet):
    def open(self, at: datetime) -> AccessLinkQuerySet:
        """Keep the links that work at a moment."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=at)

    def about(self, row: models.Model) -> AccessLinkQuerySet:
        return self.filter(about_type=ContentType.objects.get_for_model(row), about_id=row.pk)


class AccessLink(models.Model):
    """A link without an account: one purpose, one thing, until it expires or is taken back.

    Only a keyed hash of the token is kept, so nobody who reads this table can use a link.
    """

    purpose = models.CharField(max_length=30, choices=LinkPurpose)
    token_hash = models.CharField(max_length=64, unique=True)
    about_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    about_id = models.BigIntegerField()
    about = GenericForeignKey("about_type", "about_id")
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AccessLinkQuerySet.as_manager()
    history = History(excluded_fields=["token_hash"])

    class Meta:
        constraints = [
            by_somebody("link", "revoked"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="link_expires_after_it_was_made"
            ),
        ]
        indexes = [models.Index(fields=["about_type", "about_id"], name="links_about")]

    def __str__(self) -> str:
        return f"link to {self.get_purpose_display()}"
