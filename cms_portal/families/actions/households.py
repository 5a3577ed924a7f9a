"""Homes: opening them, who lives there, where they are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from cms_portal.audit.tracking import save_tracked
from cms_portal.families.actions.dated import NotAllowedHere, end_all
from cms_portal.families.actions.locking import locked
from cms_portal.families.models import (
    Address,
    AddressKind,
    Child,
    Guardian,
    Household,
    HouseholdMembership,
)

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.offices.models import County


@transaction.atomic
def open_household(
    *, program: str, by: User, county: County | None = None, **facts: Any
) -> Household:
    """Open a household in one program's record."""
    _same_program(program, county)
    household = Household(program=program, county=county, **facts)
    return save_tracked(household, by=by, reason="household opened")


@transaction.atomic
def change_household(*, household: Household, by: User, reason: str, **facts: Any) -> Household:
    """Change what a household says of itself, such as its county."""
    household = Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    for name, value in facts.items():
        setattr(household, name, value)
    _same_program(household.program, household.county)
    return save_tracked(household, by=by, reason=reason)


@transaction.atomic
def add_guardian(
    *, household: Household, by: User, user: User | None = None, **facts: Any
) -> Guardian:
    """Add an adult, or a youth who speaks for themselves, to a household."""
    guardian = Guardian(household=household, user=user, **facts)
    return save_tracked(guardian, by=by, reason="guardian added")


@transaction.atomic
def change_guardian(*, guardian: Guardian, by: User, reason: str, **facts: Any) -> Guardian:
    """Change how an adult is called, spoken to and safely reached."""
    guardian = Guardian.objects.select_for_update(of=("self",)).get(pk=guardian.pk)
    for name, value in facts.items():
        setattr(guardian, name, value)
    return save_tracked(guardian, by=by, reason=reason)


@transaction.atomic
def move_out(*, guardian: Guardian, on: date, by: User, reason: str) -> Guardian:
    """Note that an adult leaves a household: from that day they see nothing through it."""
    end_all(rows=guardian.authorities, on=on, by=by, reason=reason)
    return change_guardian(guardian=guardian, by=by, reason=reason, left_on=on)


@transaction.atomic
def add_child(*, household: Household, starts_on: date, by: User, **facts: Any) -> Child:
    """Open a child's record in the household's program, and place the child in the household."""
    child = save_tracked(
        Child(program=household.program, **facts), by=by, reason="child's record opened"
    )
    place_child(child=child, household=household, starts_on=starts_on, by=by)
    return child


@transaction.atomic
def change_child(*, child: Child, by: User, reason: str, **facts: Any) -> Child:
    """Change what the record says of a child."""
    child = locked(child)
    for name, value in facts.items():
        setattr(child, name, value)
    return save_tracked(child, by=by, reason=reason)


@transaction.atomic
def place_child(
    *, child: Child, household: Household, starts_on: date, by: User
) -> HouseholdMembership:
    """Say that a child lives in a household from a day, unless it is said already; there may be several."""
    _same_program(child.program, household)
    locked(child)
    already = child.memberships.filter(household=household).not_over_on(starts_on).first()
    if already is not None:
        return already
    membership = HouseholdMembership(child=child, household=household, starts_on=starts_on)
    return save_tracked(membership, by=by, reason="child lives here")


@transaction.atomic
def set_address(
    *, household: Household, kind: str, starts_on: date, by: User, **lines: Any
) -> Address:
    """Set the address of a kind from a day, and end the one before; the old one stays in the record."""
    household = Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    if household.address_is_confidential and kind != AddressKind.SUBSTITUTE:
        raise NotAllowedHere(_("We keep only a substitute address for this household."))
    _end_addresses(household, [kind], starts_on, by, "address changed")
    address = Address(household=household, kind=kind, starts_on=starts_on, **lines)
    return save_tracked(address, by=by, reason="address set")


@transaction.atomic
def hide_address(
    *, household: Household, starts_on: date, by: User, reason: str, **substitute: Any
) -> Household:
    """Keep from now on only a substitute address; those known before end and are shown to nobody else."""
    household = change_household(
        household=household, by=by, reason=reason, address_is_confidential=True
    )
    _end_addresses(household, [AddressKind.HOME, AddressKind.MAILING], starts_on, by, reason)
    if substitute:
        set_address(
            household=household,
            kind=AddressKind.SUBSTITUTE,
            starts_on=starts_on,
            by=by,
            **substitute,
        )
    return household


def _end_addresses(household: Household, kinds: list[str], on: date, by: User, reason: str) -> None:
    end_all(rows=household.addresses.filter(kind__in=kinds), on=on, by=by, reason=reason)


def _same_program(program: str, other: County | Household | None) -> None:
    if other is not None and other.program != program:
        raise NotAllowedHere(_("Records of different programs stay apart."))
