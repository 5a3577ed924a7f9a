"""The evidence that triggers write, and the note of who looked at what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms_portal import programs


class Evidence(models.Model):
    """One change of one row, written by the database itself; nobody may change or remove it."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    transaction = models.BigIntegerField()
    relation = models.TextField()
    row = models.TextField()
    operation = models.CharField(max_length=1)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    actor_id = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    request_id = models.UUIDField(null=True)
    login = models.TextField()

    class Meta:
        db_table = "audit_evidence"
        indexes = [
            models.Index(fields=["relation", "row"], name="evidence_of_row"),
            models.Index(fields=["request_id"], name="evidence_of_request"),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.relation} {self.row}"


class AccessEventQuerySet(models.QuerySet):
    def about(self, child: models.Model) -> AccessEventQuerySet:
        """Keep the looks at a child's record, and at those that were joined with it."""
        records = type(child)._default_manager.filter(Q(pk=child.pk) | Q(merged_into=child))
        return self.filter(child__in=records.values("pk"))

    def newest_first(self) -> AccessEventQuerySet:
        return self.order_by("-at", "-pk")


class AccessEvent(models.Model):
    """Somebody looked at something about a child."""

    class Action(models.TextChoices):
        VIEW = "view", _("looked at")
        LIST = "list", _("saw in a list")
        SEARCH = "search", _("found by search")
        DOWNLOAD = "download", _("opened a paper of")
        PRINT = "print", _("printed")
        LINK = "link", _("used a link to")

    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    program = programs.field()
    child = models.ForeignKey(
        "families.Child", null=True, on_delete=models.PROTECT, related_name="access_events"
    )
    # Whose telling was looked at; without one, the child's own facts. No other home learns of it.
    household = models.ForeignKey(
        "families.Household", null=True, on_delete=models.PROTECT, related_name="+"
    )
    action = models.CharField(max_length=10, choices=Action)
    page = models.CharField(max_length=100)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    request_id = models.UUIDField(null=True)

    objects = AccessEventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["child", "-at"], name="access_of_child")]

    def __str__(self) -> str:
        return f"{self.actor} {self.get_action_display()} {self.page}"
