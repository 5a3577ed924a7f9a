"""What is on its way for a child, in all its homes: what stops when the child has died."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import ngettext

from cms_portal import programs
from cms_portal.families.models import Child
from cms_portal.notifications.models import Message, MessageState
from cms_portal.work.models import Task
from intake.appeal_states import OPEN as OPEN_REVIEWS
from intake.models import (
    Appeal,
    Application,
    Enrollment,
    Helper,
    HelpInvitation,
    InvitationState,
    Referral,
    UrgentNeed,
    Visit,
)

# Somebody has to be told of a breach of privacy, whatever has become of the child.
GOES_ON = ("filed_by_mistake",)


@dataclass(frozen=True)
class OnItsWay:
    """Everything open about one child."""

    child: Child

    @property
    def applications(self) -> QuerySet[Application]:
        return Application.objects.open().filter(child=self.child)

    @property
    def enrollments(self) -> QuerySet[Enrollment]:
        return Enrollment.objects.open().filter(child=self.child)

    @property
    def reviews(self) -> QuerySet[Appeal]:
        return Appeal.objects.filter(state__in=OPEN_REVIEWS, application__child=self.child)

    @property
    def visits(self) -> QuerySet[Visit]:
        return Visit.objects.planned().filter(application__child=self.child)

    @property
    def urgent_needs(self) -> QuerySet[UrgentNeed]:
        return UrgentNeed.objects.open().filter(application__child=self.child)

    @property
    def referrals(self) -> QuerySet[Referral]:
        about = Q(child=self.child) | Q(application__child=self.child)
        return Referral.objects.open().filter(about)

    @property
    def helpers(self) -> QuerySet[Helper]:
        today = programs.get(self.child.program).today()
        return Helper.objects.not_over_on(today).filter(application__child=self.child)

    @property
    def invitations(self) -> QuerySet[HelpInvitation]:
        return HelpInvitation.objects.filter(
            application__child=self.child, state=InvitationState.WAITING
        )

    @property
    def tasks(self) -> QuerySet[Task]:
        return Task.objects.open().filter(child=self.child).exclude(kind__in=GOES_ON)

    def in_words(self) -> list[str]:
        """Return a line for each kind of what is open, with how many there are."""
        lines = [
            (number, words(number) % {"number": number})
            for rows, words in (
                (self.applications, _applications),
                (self.enrollments, _enrollments),
                (self.reviews, _reviews),
                (self.visits, _visits),
                (self.urgent_needs, _urgent_needs),
                (self.referrals, _referrals),
                (self.helpers, _helpers),
                (self.tasks, _tasks),
                (self.unsent, _unsent),
            )
            for number in [rows.count()]
        ]
        return [line for number, line in lines if number]

    @property
    def unsent(self) -> QuerySet[Message]:
        return Message.objects.without_hints().filter(
            child=self.child, state__in=[MessageState.QUEUED, MessageState.PRINTED]
        )


def _applications(number: int) -> str:
    return ngettext("%(number)s open application", "%(number)s open applications", number)


def _enrollments(number: int) -> str:
    return ngettext("%(number)s enrollment", "%(number)s enrollments", number)


def _reviews(number: int) -> str:
    return ngettext("%(number)s review of a decision", "%(number)s reviews of decisions", number)


def _visits(number: int) -> str:
    return ngettext(
        "%(number)s planned call or visit", "%(number)s planned calls or visits", number
    )


def _urgent_needs(number: int) -> str:
    return ngettext("%(number)s urgent call", "%(number)s urgent calls", number)


def _referrals(number: int) -> str:
    return ngettext("%(number)s open referral", "%(number)s open referrals", number)


def _helpers(number: int) -> str:
    return ngettext(
        "%(number)s helper, who sees nothing any more",
        "%(number)s helpers, who see nothing any more",
        number,
    )


def _tasks(number: int) -> str:
    return ngettext("%(number)s task", "%(number)s tasks", number)


def _unsent(number: int) -> str:
    return ngettext(
        "%(number)s letter or message that has not left",
        "%(number)s letters or messages that have not left",
        number,
    )
