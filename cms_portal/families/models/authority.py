"""What each adult may do for a child, and who is kept away."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cms_portal.audit.tracking import History
from cms_portal.families.models.periods import (
    DatedQuerySet,
    ends_after_it_starts,
    never_twice,
)

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

USER = "accounts.User"


class AuthorityKind(models.TextChoices):
    PARENT = "parent", _("Parent")
    JOINT_CUSTODY = "joint_custody", _("Parent with joint custody")
    COURT_GUARDIAN = "court_guardian", _("Guardian by court order")
    KINSHIP_GUARDIAN = "kinship_guardian", _("Kinship guardian")
    CAREGIVER_AFFIDAVIT = "caregiver_affidavit", _("Relative with a caregiver’s affidavit")
    POWER_OF_ATTORNEY = "power_of_attorney", _("Power of attorney")
    RELATIVE_WITHOUT_PAPERS = "relative", _("Relative without papers yet")
    STATE_CUSTODY = "state_custody", _("State agency with custody")
    TRIBAL_CUSTODY = "tribal_custody", _("Tribal agency with custody")
    RESOURCE_PARENT = "resource_parent", _("Resource (foster) parent")
    TEEN_PARENT = "teen_parent", _("Teen parent")
    YOUTH = "youth", _("The youth")
    OWN_APPLICANT = "own_applicant", _("Adult applying for themselves")
    BY_YOUTHS_GRANT = "youths_grant", _("Adult whom the youth lets in")


CUSTODY = (AuthorityKind.STATE_CUSTODY, AuthorityKind.TRIBAL_CUSTODY)


class AuthorityQuerySet(DatedQuerySet):
    def held_by(self, user: User) -> Self:
        """Keep the rows of this person's, without asking whether a block takes them away."""
        return self.filter(guardian__user=user)

    def may_sign(self) -> Self:
        """Keep the rows that let an adult consent; a relative without papers waits for one."""
        return self.filter(may_sign=True)

    def with_papers_ending_before(self, day: date) -> Self:
        return self.filter(paper_ends_on__lt=day)


class Authority(models.Model):
    """What one adult may do for one child, by which paper, from a day until a day."""

    guardian = models.ForeignKey(
        "families.Guardian", on_delete=models.PROTECT, related_name="authorities"
    )
    child = models.ForeignKey(
        "families.Child", on_delete=models.PROTECT, related_name="authorities"
    )
    kind = models.CharField(_("kind of authority"), max_length=20, choices=AuthorityKind)
    may_see = models.BooleanField(_("may see the child’s page"), default=False)
    may_apply = models.BooleanField(_("may apply and answer questions"), default=False)
    may_sign = models.BooleanField(_("may sign and consent"), default=False)
    may_agree = models.BooleanField(_("may agree to a plan of care"), default=False)
    may_see_sensitive = models.BooleanField(_("may see what is kept private"), default=False)
    paper = models.ForeignKey(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    paper_ends_on = models.DateField(_("paper ends on"), null=True, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = AuthorityQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        constraints = [
            ends_after_it_starts("authority_ends_after_it_starts"),
            never_twice("one_authority_at_a_time", "guardian", "child"),
            models.CheckConstraint(
                condition=~Q(kind="resource_parent")
                | Q(may_apply=False, may_sign=False, may_agree=False, may_see_sensitive=False),
                name="resource_parent_sees_daily_care_only",
            ),
            models.CheckConstraint(
                condition=~Q(kind="relative") | Q(may_sign=False, may_agree=False),
                name="relative_without_papers_does_not_consent",
            ),
        ]
        indexes = [
            models.Index(
                fields=["paper_ends_on"],
                condition=Q(paper_ends_on__isnull=False),
                name="authority_by_paper_end",
            )
        ]

    def __str__(self) -> str:
        return f"{self.guardian}, {self.get_kind_display()} of {self.child}"


class BlockQuerySet(DatedQuerySet):
    def against(self, user: User) -> Self:
        """Keep the blocks of one person: of their account, or of an adult whose account it is."""
        return self.filter(Q(user=user) | Q(guardian__user=user))

    def guardians(self) -> QuerySet:
        """Return the ids of the adults these blocks are against, by their own row or by their account."""
        from cms_portal.families.models.household import Guardian

        named = Guardian.objects.filter(blocks__in=self)
        accounts = Q(user__blocks__in=self) | Q(user__guardians__in=named)
        return Guardian.objects.filter(Q(pk__in=named) | accounts).values("pk")


class Block(models.Model):
    """Somebody is kept away from a child's record, whatever any other row says.

    Against a guardian it also bites on the account that guardian opens later.
    """

    child = models.ForeignKey("families.Child", on_delete=models.PROTECT, related_name="blocks")
    user = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="blocks"
    )
    guardian = models.ForeignKey(
        "families.Guardian",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="blocks",
    )
    paper = models.ForeignKey(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = BlockQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("block")
        constraints = [
            ends_after_it_starts("block_ends_after_it_starts"),
            never_twice("one_block_at_a_time", "child", "user"),
            never_twice("one_block_of_a_guardian_at_a_time", "child", "guardian"),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(guardian__isnull=False),
                name="block_is_against_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"block {self.pk}"
