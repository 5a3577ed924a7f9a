"""The invitation by which a family lets somebody help with one application."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms_portal.audit.tracking import History, TrackedQuerySet, save_tracked
from intake.models.application import Application
from intake.states import WrongMove

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.families.models import Child

USER = "accounts.User"


class InvitationState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("invitation", "Not answered yet")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "Accepted")
    DECLINED = "declined", pgettext_lazy("invitation", "Declined")
    TAKEN_BACK = "taken_back", pgettext_lazy("invitation", "Taken back")


MOVES: dict[InvitationState, list[InvitationState]] = {
    InvitationState.WAITING: [
        InvitationState.ACCEPTED,
        InvitationState.DECLINED,
        InvitationState.TAKEN_BACK,
    ],
    InvitationState.ACCEPTED: [],
    InvitationState.DECLINED: [],
    InvitationState.TAKEN_BACK: [],
}


class HelpInvitationQuerySet(TrackedQuerySet):
    def waiting(self, at: datetime) -> HelpInvitationQuerySet:
        """Keep those that can still be accepted."""
        return self.filter(state=InvitationState.WAITING, expires_at__gt=at)


class HelpInvitation(models.Model):
    """A family asks somebody to help with one application. Whether they have an account is not looked up.

    Of an email address or phone that the family names only a digest is kept: enough for its owner to find
    the invitation after signing in, not enough to read it.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="help_invitations"
    )
    name = models.CharField(_("name"), max_length=80)
    for_account = models.CharField(max_length=64, blank=True)
    help_ends_on = models.DateField(_("helps until"))
    asked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    expires_at = models.DateTimeField(_("can be accepted until"))
    state = models.CharField(
        _("where it stands"),
        max_length=12,
        choices=InvitationState,
        default=InvitationState.WAITING,
    )
    answered_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = HelpInvitationQuerySet.as_manager()
    history = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "for_account"],
                condition=Q(state=InvitationState.WAITING) & ~Q(for_account=""),
                name="one_waiting_invitation_for_an_account",
            ),
            models.UniqueConstraint(
                "application",
                Lower("name"),
                condition=Q(state=InvitationState.WAITING, for_account=""),
                name="one_waiting_invitation_for_a_name",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=InvitationState.WAITING,
                    answered_at__isnull=True,
                    answered_by__isnull=True,
                )
                | ~Q(state=InvitationState.WAITING)
                & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="help_invitation_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")),
                name="help_invitation_expires_after_it_was_made",
            ),
        ]
        indexes = [
            models.Index(
                fields=["for_account"],
                condition=Q(state=InvitationState.WAITING),
                name="help_invitations_by_account",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} asked to help with {self.application}"

    @property
    def program(self) -> str:
        return self.application.program

    @property
    def child(self) -> Child:
        return self.application.child

    @property
    def household_id(self) -> int:
        return self.application.household_id

    def can_be_accepted(self, at: datetime, on: date) -> bool:
        """Say whether it waits, its own days are not over, and the help it speaks of has days left."""
        return (
            self.state == InvitationState.WAITING
            and at < self.expires_at
            and on < self.help_ends_on
        )

    def move_to(self, state: str, *, by: User, at: datetime, reason: str) -> HelpInvitation:
        """Answer it and save; raise WrongMove once it was answered. The row must be locked."""
        if state not in MOVES[InvitationState(self.state)]:
            raise WrongMove(self.state, state)
        self.state, self.answered_by, self.answered_at = state, by, at
        return save_tracked(self, by=by, reason=reason)
