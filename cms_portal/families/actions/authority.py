"""What each adult may do for a child, and who is kept away: dated rows that bite on their day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cms_portal.audit.tracking import save_tracked
from cms_portal.families.actions.dated import NotAllowedHere, end_all, overlaps
from cms_portal.families.actions.households import add_guardian, open_household, place_child
from cms_portal.families.actions.locking import locked
from cms_portal.families.models import (
    CUSTODY,
    Authority,
    AuthorityKind,
    Block,
    Child,
    Guardian,
    Household,
)
from cms_portal.families.rights import (
    OUTLAST_CHILDHOOD,
    RIGHTS,
    comes_of_age_on,
    may_be_held,
    rights_of,
)

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.documents.models import Document


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
    with_also: frozenset[str] = frozenset(),
    reason: str = "",
) -> Authority:
    """Record what an adult may do for a child from a day, and by which paper; ends their row before it.

    It ends when the paper does, or when the youth comes of age in the program's state, whichever is
    first. A kind that needs a paper carries no consent until one is shown. A youth's own row goes on,
    on the day they come of age, as one of an adult. Raises NotAllowedHere for a kind that no adult
    can be under.
    """
    if guardian.household.program != child.program:
        raise NotAllowedHere(_("Records of different programs stay apart."))
    locked(child)
    _end_before(guardian, child, starts_on, by)
    rights = (rights_of(kind, has_paper=paper is not None) | with_also) - without
    authority = Authority(
        guardian=guardian,
        child=child,
        kind=kind,
        paper=paper,
        paper_ends_on=paper_ends_on,
        starts_on=starts_on,
        ends_on=_ends_on(child, kind, starts_on, paper_ends_on),
        **{right: right in rights for right in RIGHTS},
    )
    save_tracked(authority, by=by, reason=reason or f"authority recorded: {kind}")
    if kind == AuthorityKind.YOUTH:
        record_authority(
            guardian=guardian,
            child=child,
            kind=AuthorityKind.OWN_APPLICANT,
            starts_on=comes_of_age_on(child),
            by=by,
        )
    return authority


def _end_before(guardian: Guardian, child: Child, on: date, by: User) -> None:
    """End this adult's other rows, but not the youth's row that ends on the day its successor begins."""
    rows = guardian.authorities.filter(child=child).exclude(ends_on=on)
    end_all(rows=rows, on=on, by=by, reason="replaced by a new authority")


def _ends_on(child: Child, kind: str, starts_on: date, paper_ends_on: date | None) -> date | None:
    if not may_be_held(kind, child, starts_on):
        raise NotAllowedHere(_("This person is an adult and decides who speaks for them."))
    ends = [paper_ends_on] if paper_ends_on else []
    comes_of_age = comes_of_age_on(child)
    if starts_on < comes_of_age and kind not in OUTLAST_CHILDHOOD:
        ends.append(comes_of_age)
    return min(ends, default=None)


@transaction.atomic
def put_youth_in_charge(
    *, guardian: Guardian, child: Child, starts_on: date, by: User
) -> Authority:
    """Give a youth who came of age every right over their own record."""
    if starts_on < comes_of_age_on(child):
        raise NotAllowedHere(_("This person has not come of age."))
    return record_authority(
        guardian=guardian,
        child=child,
        kind=AuthorityKind.OWN_APPLICANT,
        starts_on=starts_on,
        by=by,
    )


@transaction.atomic
def let_in(*, guardian: Guardian, child: Child, starts_on: date, by: User) -> Authority:
    """Let a parent see again what their grown child owns; the child ends it with `end()`."""
    return record_authority(
        guardian=guardian,
        child=child,
        kind=AuthorityKind.BY_YOUTHS_GRANT,
        starts_on=starts_on,
        by=by,
        reason="let in by the youth",
    )


@transaction.atomic
def take_into_custody(
    *,
    child: Child,
    agency: Guardian,
    kind: str,
    starts_on: date,
    by: User,
    reason: str,
    paper: Document | None = None,
    placement: Household | None = None,
) -> Authority:
    """Record that a state or a tribe has custody: from that day its agency signs, and no parent does.

    What the court leaves a parent is recorded again, right by right. `placement` is the home where the
    agency has placed the child; the child lives nowhere else from that day.
    """
    if kind not in CUSTODY:
        raise NotAllowedHere(_("Custody is a state’s or a tribe’s."))
    theirs = child.authorities.exclude(guardian=agency).exclude(
        kind__in=[AuthorityKind.YOUTH, AuthorityKind.OWN_APPLICANT]
    )
    end_all(rows=theirs, on=starts_on, by=by, reason=reason)
    if placement is not None:
        end_all(rows=child.memberships, on=starts_on, by=by, reason=reason)
        place_child(child=child, household=placement, starts_on=starts_on, by=by)
    return record_authority(
        guardian=agency,
        child=child,
        kind=kind,
        starts_on=starts_on,
        by=by,
        paper=paper,
        reason=reason,
    )


@transaction.atomic
def record_custody(
    *,
    child: Child,
    kind: str,
    agency: dict[str, Any],
    resource: dict[str, Any] | None,
    starts_on: date,
    by: User,
    reason: str,
) -> Authority:
    """Open the agency's own household, and the resource family's if there is one, and take into custody.

    `agency` and `resource` are names and phones of adults who need no account.
    """
    office = open_household(program=child.program, by=by)
    signs = add_guardian(household=office, by=by, **agency)
    home = cares = None
    if resource is not None:
        home = open_household(program=child.program, by=by, is_placement=True)
        cares = add_guardian(household=home, by=by, **resource)
    authority = take_into_custody(
        child=child,
        agency=signs,
        kind=kind,
        starts_on=starts_on,
        by=by,
        reason=reason,
        placement=home,
    )
    if cares is not None:
        record_authority(
            guardian=cares,
            child=child,
            kind=AuthorityKind.RESOURCE_PARENT,
            starts_on=starts_on,
            by=by,
            reason=reason,
        )
    return authority


@transaction.atomic
def block(
    *,
    child: Child,
    starts_on: date,
    by: User,
    reason: str,
    user: User | None = None,
    guardian: Guardian | None = None,
    ends_on: date | None = None,
    paper: Document | None = None,
) -> Block:
    """Keep an account, or an adult who may have none yet, from a child's record, from their next click on."""
    user = user or (guardian.user if guardian else None)
    locked(child)
    themselves = Q(user=user, user__isnull=False) | Q(guardian=guardian, guardian__isnull=False)
    if any(overlaps(row, starts_on, ends_on) for row in child.blocks.filter(themselves)):
        raise NotAllowedHere(_("This person is kept away already."))
    row = Block(
        child=child,
        user=user,
        guardian=guardian,
        starts_on=starts_on,
        ends_on=ends_on,
        paper=paper,
    )
    return save_tracked(row, by=by, reason=reason)
