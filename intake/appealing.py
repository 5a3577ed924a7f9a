"""What can be looked at again, who may look, and how much time there is."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from cms_portal import programs
from cms_portal.access.roles import ROLES, Permission
from cms_portal.accounts.models import User
from cms_portal.accounts.models.people import RoleGrant
from eligibility.models import Outcome, ServiceDecision
from intake.appeal_states import OPEN, AppealChannel
from intake.appeal_states import WRITTEN_DOWN as WAYS_BY_KIND
from intake.cases import ServiceCase
from intake.models import (
    Appeal,
    AppealedService,
    Application,
    ConditionReview,
    Enrollment,
    Notice,
    ReviewAnswer,
)

_SITS = [slug for slug, role in ROLES.items() if role.scopes_of(Permission.APPEAL_DECIDE)]


def refusals_of(notice: Notice) -> list[ServiceDecision]:
    """Return the refusals that a notice told, still hold, and were not looked at again yet."""
    told = ServiceDecision.objects.in_force().filter(
        notice_line__notice=notice, outcome=Outcome.NOT_AVAILABLE
    )
    answered = AppealedService.objects.exclude(appeal__state__in=OPEN).exclude(answer="")
    fresh = told.exclude(pk__in=answered.values("decision"))
    return list(fresh.select_related("determination").order_by("pk"))


def open_appeal(notice: Notice) -> Appeal | None:
    return notice.appeals.filter(state__in=OPEN).first()


def open_reviews_of(enrollment: Enrollment) -> QuerySet[Appeal]:
    """Return the open reviews of an enrollment's child that its home asked for, and no other home's."""
    return Appeal.objects.filter(
        state__in=OPEN,
        application__child=enrollment.child,
        application__household=enrollment.household,
    )


def asks_about_all(appeal: Appeal, decisions: Iterable[ServiceDecision]) -> bool:
    """Say whether a review is about all of these decisions already."""
    asked = set(appeal.services.values_list("decision", flat=True))
    return {decision.pk for decision in decisions} <= asked


def notices_to_ask_about(cases: Iterable[ServiceCase], appeals: Iterable[Appeal]) -> list[Notice]:
    """Return the notices that told a refusal which still holds, the newest first.

    What was looked at again has its answer, and what is being looked at needs no second request.
    """
    looked_at = {
        one.decision_id
        for appeal in appeals
        for one in appeal.services.all()
        if appeal.is_open or one.answer
    }
    notices = {
        case.line.notice
        for case in cases
        if case.line
        and case.outcome == Outcome.NOT_AVAILABLE
        and case.line.decision_id not in looked_at
    }
    return sorted(notices, key=lambda notice: notice.pk, reverse=True)


def appeals_of(application: Application) -> list[Appeal]:
    """Return the reviews of an application with what a page says of them, the newest first."""
    found = application.appeals.select_related("notice__message", "notice__application")
    return list(found.prefetch_related("services").order_by("-pk"))


def took_part(decisions: Iterable[ServiceDecision]) -> list[int]:
    """Return the keys of who decided or stood behind these decisions, or those that led up to them.

    So did who said before that the decision changed, and who found that a condition does not count.
    """
    keys = set()
    for decision in decisions:
        keys |= set(_found_no_condition(decision))
        earlier: ServiceDecision | None = decision
        while earlier is not None:
            keys.add(earlier.decided_by_id)
            if hasattr(earlier, "countersignature"):
                keys.add(earlier.countersignature.signed_by_id)
            earlier = earlier.replaces
    return sorted(keys)


def _found_no_condition(decision: ServiceDecision) -> Iterable[int]:
    looks = ConditionReview.objects.answered().filter(
        application__case_key=decision.case_key,
        answer=ReviewAnswer.DOES_NOT_COUNT,
        services__contains=[decision.service],
    )
    return looks.values_list("closed_by", flat=True)


def may_sit(appeal: Appeal) -> list[User]:
    """Return who can be named for the committee: whoever has the role today and took no part before."""
    grants = RoleGrant.objects.current().filter(program=appeal.program, role__in=_SITS)
    people = User.objects.filter(pk__in=grants.values("user"), is_active=True)
    return list(people.exclude(pk__in=appeal.took_part).order_by("name", "pk"))


def members_needed(program: str) -> int:
    """Return how many people at least look again, as the program's folder says."""
    return programs.get(program).clock("review_committee_members")


def sitting_for(appeal: Appeal) -> set[int]:
    """Return the keys of the members who can read and answer today: who left the agency is none."""
    return {user.pk for user in may_sit(appeal)} & {user.pk for user in members_of(appeal)}


def members_of(appeal: Appeal) -> list[User]:
    seats = appeal.seats.filter(left_at__isnull=True).select_related("member")
    return [seat.member for seat in seats]


def ways_to_ask(program: str) -> list[tuple[str, str]]:
    """Return the ways by which a request may reach a worker, as choices of a form."""
    ways = WAYS_BY_KIND[programs.get(program).review_kind]
    return [(way.value, str(AppealChannel(way).label)) for way in ways]


def default_owner(program: str, *clocks: str) -> str:
    """Return who owns these figures where they are a default, or nothing where a source says them."""
    served = programs.get(program)
    assumed = [served.facts["clocks"][name] for name in clocks]
    owners = [clock["owner"] for clock in assumed if clock["basis"] == "inferred"]
    return served.in_words(owners[0]) if owners else ""
