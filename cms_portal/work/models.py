"""Tasks: any app can ask a person or an office for work."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet
from cms_portal.database.constraints import by_somebody

USER = "accounts.User"


class TaskQuerySet(TrackedQuerySet):
    def open(self) -> TaskQuerySet:
        return self.filter(done_at__isnull=True)

    def about(self, row: models.Model) -> TaskQuerySet:
        return self.filter(about_type=ContentType.objects.get_for_model(row), about_id=row.pk)

    def most_urgent_first(self) -> TaskQuerySet:
        return self.order_by("-is_urgent", "due_on", "pk")


class Task(models.Model):
    """Something a person has to do by a day, and why. Its title holds no health detail."""

    program = programs.field()
    office = models.ForeignKey(
        "offices.Office", null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    owner = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    child = models.ForeignKey(
        "families.Child", null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    kind = models.CharField(max_length=40)
    title = models.CharField(_("what to do"), max_length=200)
    why = models.CharField(_("why"), max_length=500, blank=True)
    is_urgent = models.BooleanField(default=False)
    about_type = models.ForeignKey(ContentType, null=True, blank=True, on_delete=models.PROTECT)
    about_id = models.BigIntegerField(null=True, blank=True)
    about = GenericForeignKey("about_type", "about_id")
    due_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=500, blank=True)

    objects = TaskQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            by_somebody("task", "done"),
            models.UniqueConstraint(
                fields=["kind", "about_type", "about_id"],
                condition=Q(done_at__isnull=True, about_id__isnull=False),
                name="one_open_task_of_a_kind",
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "due_on"], condition=Q(done_at__isnull=True), name="open_tasks"
            )
        ]

    def __str__(self) -> str:
        return self.title
