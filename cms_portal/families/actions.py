"""What happens to a family's record: who lives where, who may do what, who serves the child."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from cms_portal import programs
from cms_portal.audit.tracking import save_tracked
from cms_portal.families.models import (
    Address,
    Assignment,
    AssignmentKind,
    Authority,
    AuthorityKind,
    Block,
    Child,
    Guardian,
    Household,
    HouseholdMembership,
)
from cms_portal.families.rights import CARRIED_BY, NEED_A_PAPER, OUTLAST_CHILDHOOD, RIGHTS

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.documents.models import Document
    from cms_portal.offices.models import County, Office


class NotAllowedHere(ValueError):
    """The record itself forbids the step; the message says why, for a person."""


@transaction.atomic
def open_household(
    *, program: str, by: User, county: County | None = None, **facts: Any
) -> Household:
    """Open a household in one program's record."""
    household = Household(program=program, county=county, **facts)
    return save_tracked(household, by=by, reason="household opened")


@transaction.atomic
def add_guardian(
    *, household: Household, by: User, user: User | None = None, **facts: Any
) -> Guardian:
    """Add an adult, or a youth who speaks for themselves, to a household."""
    guardian = Guardian(household=household, user=user, **facts)
    return save_tracked(guardian, by=by, reason="guardian added")


@transaction.atomic
def add_child(*, household: Household, starts_on: date, by: User, **facts: Any) -> Child:
    """Open a child's record in the household's program, and place the child in the household."""
    child = save_tracked(
        Child(program=household.program, **facts), by=by, reason="child's record opened"
    )
    place_child(child=child, household=household, starts_on=starts_on, by=by)
    return child


@transaction.atomic
def place_child(
    *, child: Child, household: Household, starts_on: date, by: User
) -> HouseholdMembership:
    """Say that a child lives in a household from a day; a child may live in several."""
    if child.program != household.program:
        raise NotAllowedHere("A child and a household of different programs stay apart.")
    membership = HouseholdMembership(child=child, household=household, starts_on=starts_on)
    return save_tracked(membership, by=by, reason="child lives here")


@transaction.atomic
def record_authority(
    *,
    guardian: Guardian,
    child: Child,
    kind: str,
    starts_on: date,
    by: User,
    paper: Document | None = None,
    paper_ends_on: date | None = None,
    without: frozenset[str] = frozenset(),
) -> Authority:
    """Record what an adult may do for a child, and by which paper.

    Ends when the paper does, or when the youth comes of age in the program's state, whichever is
    first. A kind that needs a paper carries no right to sign or agree until one is shown.
    """
    rights = CARRIED_BY[kind] - without
    if kind in NEED_A_PAPER and paper is None:
        rights -= {"may_sign", "may_agree", "may_see_sensitive"}
    authority = Authority(
        guardian=guardian,
        child=child,
        kind=kind,
        paper=paper,
        paper_ends_on=paper_ends_on,
        starts_on=starts_on,
        ends_on=_authority_ends_on(child, kind, starts_on, paper_ends_on),
        **{right: right in rights for right in RIGHTS},
    )
    return save_tracked(authority, by=by, reason=f"authority recorded: {kind}")


def _authority_ends_on(
    child: Child, kind: str, starts_on: date, paper_ends_on: date | None
) -> date | None:
    comes_of_age = child.birthday(programs.get(child.program).health_consent_age)
    ends = [paper_ends_on] if paper_ends_on else []
    if kind not in OUTLAST_CHILDHOOD:
        ends.append(max(comes_of_age, starts_on))
    return min(ends, default=None)


@transaction.atomic
def put_youth_in_charge(
    *, guardian: Guardian, child: Child, starts_on: date, by: User
) -> Authority:
    """Give a youth who came of age every right over their own record."""
    for authority in child.authorities.on(starts_on).filter(kind=AuthorityKind.YOUTH):
        end(row=authority, on=starts_on, by=by, reason="the youth is in charge")
    return record_authority(
        guardian=guardian,
        child=child,
        kind=AuthorityKind.OWN_APPLICANT,
        starts_on=starts_on,
        by=by,
    )


@transaction.atomic
def block(
    *,
    child: Child,
    user: User,
    starts_on: date,
    by: User,
    reason: str,
    ends_on: date | None = None,
    paper: Document | None = None,
) -> Block:
    """Keep somebody away from a child's record from a day; it bites on their next click."""
    row = Block(child=child, user=user, starts_on=starts_on, ends_on=ends_on, paper=paper)
    return save_tracked(row, by=by, reason=reason)


@transaction.atomic
def set_address(
    *, household: Household, kind: str, starts_on: date, by: User, **lines: Any
) -> Address:
    """Set the address of a kind from a day, and end the one before; the old one stays in the record."""
    if household.address_is_confidential and kind == "home":
        raise NotAllowedHere("The home of a confidential household is never written down.")
    Household.objects.select_for_update().get(pk=household.pk)
    for before in household.addresses.on(starts_on).filter(kind=kind):
        end(row=before, on=starts_on, by=by, reason="address changed")
    address = Address(household=household, kind=kind, starts_on=starts_on, **lines)
    return save_tracked(address, by=by, reason="address set")


@transaction.atomic
def assign(
    *,
    child: Child,
    office: Office,
    kind: str,
    starts_on: date,
    by: User,
    reason: str,
    worker: User | None = None,
) -> Assignment:
    """Say which office, and which worker, serves a child from a day; ends the one before of that kind."""
    Child.objects.select_for_update().get(pk=child.pk)
    if kind != AssignmentKind.COVER:
        for before in child.assignments.on(starts_on).filter(kind=kind):
            end(row=before, on=starts_on, by=by, reason=reason)
    assignment = Assignment(
        child=child,
        program=child.program,
        office=office,
        worker=worker,
        kind=kind,
        reason=reason,
        starts_on=starts_on,
    )
    return save_tracked(assignment, by=by, reason=reason)


@transaction.atomic
def end(*, row: Any, on: date, by: User, reason: str) -> Any:
    """End a dated row: `on` is the first day on which it no longer holds."""
    row.ends_on = on
    return save_tracked(row, by=by, reason=reason)
