"""Two records that are one child, and two that are not."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms_portal import programs
from cms_portal.audit.tracking import History, TrackedQuerySet
from cms_portal.database.constraints import by_somebody

USER = "accounts.User"
CHILD = "families.Child"


class NotTheSameQuerySet(TrackedQuerySet):
    def standing(self) -> NotTheSameQuerySet:
        """Keep the marks that nobody has taken back."""
        return self.filter(taken_back_at__isnull=True)

    def about(self, child: models.Model) -> NotTheSameQuerySet:
        return self.filter(Q(first=child) | Q(second=child))


class NotTheSame(models.Model):
    """A person says that two children who look like one are two; they are not offered again."""

    class Kind(models.TextChoices):
        TWINS = "twins", _("Twins, or more born together")
        DIFFERENT = "different", _("Two different children")

    # In the order of their numbers, so that a pair is one row.
    first = models.ForeignKey(CHILD, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(CHILD, on_delete=models.PROTECT, related_name="+")
    program = programs.field()
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    said_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = NotTheSameQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("mark of two children")
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(taken_back_at__isnull=True),
                name="one_mark_of_a_pair",
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="mark_names_two_children_in_order"
            ),
            by_somebody("mark", "taken_back"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.pk})"


class MergeQuerySet(TrackedQuerySet):
    def waiting(self) -> MergeQuerySet:
        """Keep the proposals that nobody has answered."""
        return self.filter(done_at__isnull=True, declined_at__isnull=True)

    def in_force(self) -> MergeQuerySet:
        """Keep the merges that were done and not undone."""
        return self.filter(done_at__isnull=False, undone_at__isnull=True)

    def of_pair(self, one: models.Model, other: models.Model) -> MergeQuerySet:
        return self.filter(Q(winner=one.pk, loser=other.pk) | Q(winner=other.pk, loser=one.pk))


class Merge(models.Model):
    """Two records of one child become one: proposed, perhaps confirmed by a second person, done, undone.

    `winner` is the record that stays; `loser` stays as a row, points to it, and nothing points to it.
    """

    program = programs.field()
    winner = models.ForeignKey(CHILD, on_delete=models.PROTECT, related_name="merges_into_it")
    loser = models.ForeignKey(CHILD, on_delete=models.PROTECT, related_name="merges_away")
    # The facts that the record that stays takes from the other one.
    kept_from_loser = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    needs_second = models.BooleanField(_("needs a second person"), default=False)
    proposed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    done_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(_("joined"), null=True, blank=True)
    declined_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)
    undone_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    objects = MergeQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("joining of two records")
        constraints = [
            models.CheckConstraint(
                condition=~Q(winner=F("loser")), name="merge_is_of_two_children"
            ),
            *(by_somebody("merge", verb) for verb in ("done", "declined", "undone")),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(declined_at__isnull=True),
                name="merge_done_or_declined",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(done_at__isnull=False),
                name="merge_undone_after_it_was_done",
            ),
            models.CheckConstraint(
                condition=Q(needs_second=False)
                | Q(done_by__isnull=True)
                | ~Q(done_by=F("proposed_by")),
                name="merge_confirmed_by_another",
            ),
            models.UniqueConstraint(
                fields=["loser"],
                condition=Q(done_at__isnull=False, undone_at__isnull=True),
                name="merged_away_once",
            ),
        ]

    def __str__(self) -> str:
        return f"merge {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("families:merge", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.done_at is None and self.declined_at is None

    @property
    def is_in_force(self) -> bool:
        return self.done_at is not None and self.undone_at is None


class MergeMove(models.Model):
    """One value of one row that a merge, or its undoing, has changed: from what, to what."""

    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, related_name="moves")
    relation = models.CharField(max_length=80)
    row = models.CharField(max_length=40)
    column = models.CharField(max_length=60)
    was = models.JSONField(encoder=DjangoJSONEncoder, null=True, blank=True)
    became = models.JSONField(encoder=DjangoJSONEncoder, null=True, blank=True)
    undoes = models.BooleanField(default=False)

    is_append_only = True
    objects = TrackedQuerySet.as_manager()
    history = History()

    def __str__(self) -> str:
        return f"{self.relation} {self.row}: {self.column}"
