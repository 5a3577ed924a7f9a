"""Letting somebody help with one application: asking, accepting, ending."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from cms_portal import programs
from cms_portal.access import links
from cms_portal.access.models import LinkPurpose
from cms_portal.access.roles import Permission
from cms_portal.accounts.actions import system_user
from cms_portal.accounts.identifiers import Identifier
from cms_portal.accounts.models import User
from cms_portal.audit.tracking import save_tracked
from cms_portal.families import actions as families
from cms_portal.families import standing
from cms_portal.families.stopping import tell_stopped
from cms_portal.notifications.actions import queue
from intake.actions.applications import let_help, locked
from intake.models import Application, Helper, HelpInvitation, InvitationState
from intake.policies import APPLICATIONS

# Long enough to reach a cousin, short enough that a lost code is soon worth nothing.
INVITATION_DAYS = 14
# People who help or are asked to, at one time: a family and its navigator, not a call list.
MOST_HELPERS = 5


class TooManyHelpers(ValueError):
    """As many people as may help with one application do, or are asked to."""


class InvitationOver(ValueError):
    """The invitation was answered, taken back, is too old, or was not meant for this person."""


@transaction.atomic
def invite(
    *,
    application: Application,
    name: str,
    account: Identifier | None,
    help_ends_on: date,
    by: User,
    at: datetime,
) -> tuple[HelpInvitation, str]:
    """Ask somebody to help; return the invitation and the code that the family hands over.

    Whoever is asked twice has one invitation, and the newest code counts. Raises TooManyHelpers.
    """
    application = locked(application)
    invitation = _waiting_for(application, name, account)
    if invitation is None:
        _check_room(application, at)
        invitation = HelpInvitation(
            application=application, for_account=account.digest if account else ""
        )
    else:
        links.revoke(about=invitation, at=at, by=by, reason="a newer code was made")
    invitation.name, invitation.help_ends_on = name, help_ends_on
    invitation.asked_by, invitation.asked_at = by, at
    invitation.expires_at = at + timedelta(days=INVITATION_DAYS)
    save_tracked(invitation, by=by, reason="the family asked somebody to help")
    code = links.make(
        purpose=LinkPurpose.HELP, about=invitation, expires_at=invitation.expires_at, by=by
    )
    return invitation, code


def _waiting_for(
    application: Application, name: str, account: Identifier | None
) -> HelpInvitation | None:
    waiting = application.help_invitations.filter(state=InvitationState.WAITING)
    if account is not None:
        return waiting.filter(for_account=account.digest).first()
    return waiting.filter(for_account="", name__iexact=name).first()


def _check_room(application: Application, at: datetime) -> None:
    today = programs.get(application.program).today()
    helping = Helper.objects.on(today).filter(application=application).count()
    asked = application.help_invitations.all().waiting(at).count()
    if helping + asked >= MOST_HELPERS:
        raise TooManyHelpers(application.number)


@transaction.atomic
def accept(*, invitation: HelpInvitation, by: User, at: datetime) -> Helper:
    """Begin to help, and tell the family; pressed again it changes nothing.

    Raises InvitationOver for one that cannot be accepted any more, by whoever reaches the application
    already, or after the right to let somebody help has passed to somebody else.
    """
    invitation = _locked(invitation)
    application, today = invitation.application, programs.get(invitation.program).today()
    if invitation.state == InvitationState.ACCEPTED and invitation.answered_by == by:
        row = Helper.objects.on(today).filter(application=application, user=by).first()
        if row is not None:
            return row
    if not (invitation.can_be_accepted(at, today) and _may_accept(invitation, by)):
        raise InvitationOver(invitation.pk)
    row = let_help(
        application=application,
        helper=by,
        on=today,
        ends_on=invitation.help_ends_on,
        by=by,
        given_by=invitation.asked_by,
    )
    invitation.move_to(InvitationState.ACCEPTED, by=by, at=at, reason="agreed to help")
    links.revoke(about=invitation, at=at, by=by, reason="the code was used")
    _tell_family(row)
    return row


def _may_accept(invitation: HelpInvitation, by: User) -> bool:
    application = invitation.application
    return (
        by.is_family
        and application.is_open
        and application.child_id not in standing.of(by).blocked
        and not APPLICATIONS.allows(by, Permission.APPLICATION_SUBMIT, application)
        and APPLICATIONS.allows(invitation.asked_by, Permission.HELPER_MANAGE, application)
    )


def _tell_family(row: Helper) -> None:
    """Write to who let them in that they have begun; the name is the one of their account."""
    application = row.application
    guardian = application.household.guardians.filter(user=row.added_by).order_by("pk").first()
    if guardian is not None:
        queue(
            key="intake/helper_joined",
            guardian=guardian,
            child=application.child,
            about=application,
            values={"helper": row.user.name, "until": row.ends_on},
            by=system_user(),
        )


@transaction.atomic
def decline(*, invitation: HelpInvitation, by: User, at: datetime) -> HelpInvitation:
    """Say no to an invitation; one that was answered stays as it was."""
    return _close(invitation, InvitationState.DECLINED, by, at, "does not want to help")


@transaction.atomic
def take_back(*, invitation: HelpInvitation, by: User, at: datetime) -> HelpInvitation:
    """Take an invitation back: its code opens nothing from now on."""
    return _close(invitation, InvitationState.TAKEN_BACK, by, at, "taken back by the family")


def _close(
    invitation: HelpInvitation, state: str, by: User, at: datetime, reason: str
) -> HelpInvitation:
    invitation = _locked(invitation)
    if invitation.state != InvitationState.WAITING:
        return invitation
    links.revoke(about=invitation, at=at, by=by, reason=reason)
    return invitation.move_to(state, by=by, at=at, reason=reason)


@transaction.atomic
def end_help(*, helper: Helper, on: date, by: User) -> Helper:
    """End the help at once; it bites on the helper's next click. A family that ends it has it in writing."""
    by_helper = helper.user_id == by.pk
    was_over = helper.ends_on is not None and helper.ends_on <= on
    reason = "stopped helping" if by_helper else "ended by the family"
    row: Helper = families.end(row=helper, on=on, by=by, reason=reason)
    own = helper.application.household.guardians.filter(user=by).order_by("pk").first()
    if own is not None and not by_helper and not was_over:
        child, name = helper.application.child, helper.user.name
        tell_stopped(to=own, child=child, name=name, on=on, by=by)
    return row


def _locked(invitation: HelpInvitation) -> HelpInvitation:
    HelpInvitation.objects.select_for_update().get(pk=invitation.pk)
    joined = HelpInvitation.objects.select_related(
        "application__child", "application__household", "asked_by", "answered_by"
    )
    return joined.get(pk=invitation.pk)
