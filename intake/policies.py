"""Who reaches an application: the household that made it, and the staff who serve the child."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from cms_portal.access.once import once_a_request
from cms_portal.access.policy import Policy, Reach
from cms_portal.access.roles import Permission, Scope
from cms_portal.database.prepared import prepared
from cms_portal.families import standing
from cms_portal.families.policies import (
    Reached,
    blocked,
    served_children,
    told_by_household,
)
from cms_portal.families.rights import RIGHT_FOR
from cms_portal.offices.models import Office
from intake.models import (
    Appeal,
    Application,
    ChangeReport,
    CommitteeSeat,
    ConditionReview,
    Enrollment,
    Envelope,
    EvidencePack,
    Helper,
    Referral,
    Status,
    UrgentNeed,
    Visit,
)

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

# What a family has not sent yet is its own; a draft that staff took down is the office's, too.
_SENT = ~Q(status=Status.DRAFT, channel="web")


@once_a_request
def _helped(user: User) -> list[Helper]:
    """Return with which applications somebody was let to help, when, and by whom."""
    return list(_helps_of(user.pk))


@prepared
def _helps_of(user: Any) -> QuerySet:
    return Helper.objects.filter(user=user).select_related("application", "added_by")


def _helped_on(reach: Reach) -> Q:
    """The applications that a helper fills in on a day with the family."""
    return Q(
        pk__in=[
            help.application_id
            for help in _helped(reach.user)
            if help.starts_on <= reach.on
            and (help.ends_on is None or reach.on < help.ends_on)
            and _is_still_given(help, reach.on)
        ]
    )


def _is_still_given(help: Helper, on: date) -> bool:
    """Say whether who let somebody help may do so still.

    A parent who is blocked, or whose child came of age, has nobody looking on for them.
    """
    application, giver = help.application, standing.of(help.added_by)
    right, among = RIGHT_FOR[Permission.HELPER_MANAGE], [application.program]
    return application.child_id in giver.children(right, on, among) and (
        application.household_id in giver.speaks_for(right, on, among)
    )


def helped_with(user: User) -> QuerySet[Application]:
    """Return the applications that somebody fills in with a family whose decisions they do not read."""
    if not _helped(user):
        return Application.objects.none()
    own = APPLICATIONS.rows(user, Permission.DECISION_VIEW)
    return APPLICATIONS.rows(user, Permission.APPLICATION_VIEW).exclude(pk__in=own.values("pk"))


def _sent(children: Reached) -> Reached:
    return lambda reach: children(reach) & _SENT


APPLICATIONS = Policy(
    Application,
    {
        Scope.HOUSEHOLD: told_by_household(),
        Scope.GRANT: _helped_on,
        **{scope: _sent(children) for scope, children in served_children().items()},
    },
    view=Permission.APPLICATION_VIEW,
    never=blocked(),
    alone={Permission.APPLICATION_HISTORY},
)

# Before there is a child's record, a referral belongs to the office that the county names.
REFERRALS = Policy(
    Referral,
    {
        Scope.CASELOAD: lambda reach: Q(worker=reach.user),
        Scope.OFFICE: lambda reach: Q(office=reach.office_id),
        Scope.REGION: lambda reach: Q(office__region=reach.region_id),
        Scope.PROGRAM: lambda reach: Q(),
    },
    view=Permission.REFERRAL_VIEW,
    never=blocked(),
)

# As with a referral, whoever of the office speaks with the family has to see whom to call, also while
# the rest of a draft is still the family's own.
URGENT_NEEDS = Policy(
    UrgentNeed,
    {
        Scope.CASELOAD: lambda reach: Q(worker=reach.user),
        Scope.OFFICE: lambda reach: Q(office=reach.office_id),
        Scope.REGION: lambda reach: Q(office__region=reach.region_id),
        Scope.PROGRAM: lambda reach: Q(),
    },
    view=Permission.REFERRAL_VIEW,
    never=blocked("application__child"),
)

# The health facts in question are the Medical Director's to read here; to all others there is no such page.
CONDITION_REVIEWS = Policy(
    ConditionReview,
    served_children("application__child"),
    view=Permission.CONDITION_REVIEW,
    never=blocked("application__child"),
)

ENROLLMENTS = Policy(
    Enrollment,
    {Scope.HOUSEHOLD: told_by_household(), **served_children()},
    view=Permission.DECISION_VIEW,
    never=blocked(),
)

VISITS = Policy(
    Visit,
    {
        Scope.HOUSEHOLD: told_by_household("application__household", "application__child"),
        **served_children("application__child"),
    },
    view=Permission.APPLICATION_VIEW,
    never=blocked("application__child"),
)

CHANGES = Policy(
    ChangeReport,
    {
        Scope.HOUSEHOLD: told_by_household("application__household", "application__child"),
        **served_children("application__child"),
    },
    view=Permission.APPLICATION_VIEW,
    never=blocked("application__child"),
)


def _seats(path: str) -> Reached:
    """The reviews in which somebody has a seat, at the end of a path; nothing else of the family."""
    return lambda reach: Q(
        **{
            f"{path}__in": CommitteeSeat.objects.filter(
                member=reach.user, left_at__isnull=True
            ).values("appeal")
        }
    )


APPEALS = Policy(
    Appeal,
    {
        Scope.HOUSEHOLD: told_by_household("application__household", "application__child"),
        Scope.GRANT: _seats("pk"),
        **served_children("application__child"),
    },
    view=Permission.APPEAL_VIEW,
    never=blocked("application__child"),
)

# A pack is for who works on the review: the family has all that it holds on pages of its own.
PACKS = Policy(
    EvidencePack,
    {Scope.GRANT: _seats("appeal"), **served_children("appeal__application__child")},
    view=Permission.APPEAL_VIEW,
    program="appeal__program",
    never=blocked("appeal__application__child"),
)
# Before somebody knows whose paper it is, it belongs to the office it came to. Where pages of it turned
# out to be of a child whom a block shuts to a worker, all of it is shut to them.
ENVELOPES = Policy(
    Envelope,
    {
        Scope.OFFICE: lambda reach: Q(office=reach.office_id),
        Scope.REGION: lambda reach: Q(office__region=reach.region_id),
        Scope.PROGRAM: lambda reach: Q(),
    },
    view=Permission.PAPER_SORT,
    never=blocked("filings__document__child"),
)


def offices_that_sort(user: User) -> QuerySet[Office]:
    """Return the offices for which a worker takes in and sorts what comes on paper."""
    reached = Q(pk__in=[])
    for grant, scope in user.grants_for(Permission.PAPER_SORT):
        if scope == Scope.OFFICE:
            reached |= Q(pk=grant.office_id)
        elif scope == Scope.REGION:
            region = grant.region_id or (grant.office.region_id if grant.office else None)
            reached |= Q(program=grant.program, region=region) if region else Q(pk__in=[])
        else:
            reached |= Q(program=grant.program)
    return Office.objects.filter(reached, serves_program=True).order_by("name", "pk")
