"""Whose paper it may be: what a worker looks for, and where the pages can go of what is found.

Found is only what the worker reaches in the envelope's own program. Each home of a child is offered by
itself, because a paper belongs to the home that sent it and to no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms_portal.access.roles import Permission
from cms_portal.accounts.models import User
from cms_portal.documents.cover_codes import typed
from cms_portal.families.models import Child, Household
from cms_portal.families.policies import HOUSEHOLDS
from intake.actions.filing import Target
from intake.asking import ASKS
from intake.cover_sheets import verdict_on
from intake.looking import NOBODY, children_reached, meant_by, offices_that_may_know
from intake.models import Application, Envelope, InformationRequest, Status
from intake.policies import APPLICATIONS
from intake.states import RequestState


@dataclass(frozen=True)
class Offer:
    """One place to which pages can go, by a key of its own."""

    key: str
    words: str
    target: Target


@dataclass
class Found:
    """What was found: for each home of each child its offers; and offices that may know the child."""

    homes: list[tuple[str, list[Offer]]] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)

    @property
    def choices(self) -> list[Any]:
        return [
            (home, [(offer.key, offer.words) for offer in offers]) for home, offers in self.homes
        ]

    def target(self, key: str) -> Target:
        """Return where a choice leads; KeyError for none of them."""
        offers = {offer.key: offer for _home, offers in self.homes for offer in offers}
        return offers[key].target


def look_for(words: str, *, envelope: Envelope, user: User, on: date) -> Found:
    """Look for a child by a name (its own or a parent's), a birth date, a number, or a cover sheet."""
    meant = _meant_by(words, envelope)
    children = children_reached(meant, program=envelope.program, user=user)
    found = Found(children=children)
    for child in children:
        found.homes += _homes_of(child, user)
    if not children:
        found.elsewhere = offices_that_may_know(meant, office=envelope.office, user=user, on=on)
    return found


def _meant_by(words: str, envelope: Envelope) -> Q:
    """Return which children are meant, by the code of a cover sheet or as whoever looks says it."""
    if code := typed(words):
        _verdict, request = verdict_on(code, envelope)
        return Q(pk=request.application.child_id) if request else NOBODY
    return meant_by(words)


def _homes_of(child: Child, user: User) -> Iterator[tuple[str, list[Offer]]]:
    shown = HOUSEHOLDS.rows(user, Permission.HOUSEHOLD_VIEW)
    memberships = child.memberships.filter(household__in=shown).select_related("household")
    seen: dict[int, Household] = {}
    for membership in memberships.order_by("-starts_on", "-pk"):
        seen.setdefault(membership.household_id, membership.household)
    for household in seen.values():
        yield _called(child, household), list(_offers(child, household, user))


def _called(child: Child, household: Household) -> str:
    adults = [str(adult) for adult in household.guardians.order_by("pk")]
    return _("%(child)s, born %(day)s, home of %(adults)s") % {
        "child": child.full_name,
        "day": date_format(child.date_of_birth, "SHORT_DATE_FORMAT"),
        "adults": ", ".join(adults) or "—",
    }


def _offers(child: Child, household: Household, user: User) -> Iterator[Offer]:
    mine: Any = APPLICATIONS.rows(user, Permission.APPLICATION_VIEW)
    applications: QuerySet[Application] = mine.filter(child=child, household=household)
    for application in applications.exclude(
        status__in=[Status.DRAFT, Status.WITHDRAWN]
    ).select_related("child", "household", "office", "worker"):
        yield from _asked(application)
        yield Offer(
            f"application-{application.pk}",
            _("For application %(number)s") % {"number": application.number},
            Target.of_application(application),
        )
    yield Offer(
        f"home-{child.pk}-{household.pk}",
        _("Only with the child’s papers"),
        Target(child, household),
    )


def _asked(application: Application) -> Iterator[Offer]:
    can_be_answered = [RequestState.OPEN, RequestState.NOT_RECEIVED]
    for request in application.information_requests.filter(state__in=can_be_answered):
        request.application = application
        yield Offer(f"request-{request.pk}", _asked_in_words(request), Target.of_request(request))


def _asked_in_words(request: InformationRequest) -> str:
    words = (
        _("Answers what we asked by %(day)s: %(what)s")
        if request.is_open
        else _("Answers what we asked by %(day)s and closed: %(what)s")
    )
    day = date_format(request.due_on, "SHORT_DATE_FORMAT")
    return words % {"day": day, "what": ASKS[request.rule].what}
