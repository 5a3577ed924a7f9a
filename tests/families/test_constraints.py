"""The database itself refuses what the record may not hold: each rule is broken by raw SQL."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from cms_portal.families.models import AuthorityKind
from tests.factories import (
    AddressFactory,
    AssignmentFactory,
    AuthorityFactory,
    BlockFactory,
    ChildFactory,
    FamilyFactory,
    GuardianFactory,
    HouseholdFactory,
)
from tests.families import test_merge_constraints

pytestmark = pytest.mark.django_db


def _a_membership():
    return ChildFactory().memberships.get()


# constraint → (how to make a row, how to break it)
BROKEN = {
    "child_died_after_birth": (
        ChildFactory,
        "UPDATE families_child SET died_on = date_of_birth - 1 WHERE id = %s",
    ),
    "address_ends_after_it_starts": (
        AddressFactory,
        "UPDATE families_address SET ends_on = starts_on - 1 WHERE id = %s",
    ),
    "one_address_of_a_kind_at_a_time": (AddressFactory, "copy"),
    "membership_ends_after_it_starts": (
        _a_membership,
        "UPDATE families_householdmembership SET ends_on = starts_on - 1 WHERE id = %s",
    ),
    "once_in_a_household_at_a_time": (_a_membership, "copy"),
    "once_in_a_household": (GuardianFactory, "copy"),
    "interpreter_mode_with_a_language": (
        GuardianFactory,
        "UPDATE families_guardian SET interpreter_mode = 'phone' WHERE id = %s",
    ),
    "authority_ends_after_it_starts": (
        AuthorityFactory,
        "UPDATE families_authority SET ends_on = starts_on - 1 WHERE id = %s",
    ),
    "one_authority_at_a_time": (AuthorityFactory, "copy"),
    "resource_parent_sees_daily_care_only": (
        lambda: AuthorityFactory(kind=AuthorityKind.RESOURCE_PARENT),
        "UPDATE families_authority SET may_sign = true WHERE id = %s",
    ),
    "relative_without_papers_does_not_consent": (
        lambda: AuthorityFactory(kind=AuthorityKind.RELATIVE_WITHOUT_PAPERS),
        "UPDATE families_authority SET may_sign = true WHERE id = %s",
    ),
    "block_ends_after_it_starts": (
        BlockFactory,
        "UPDATE families_block SET ends_on = starts_on - 1 WHERE id = %s",
    ),
    "one_block_at_a_time": (BlockFactory, "copy"),
    "one_block_of_a_guardian_at_a_time": (
        lambda: BlockFactory(user=None, guardian=GuardianFactory(user=None)),
        "copy",
    ),
    "block_is_against_somebody": (
        BlockFactory,
        "UPDATE families_block SET user_id = NULL WHERE id = %s",
    ),
    "assignment_ends_after_it_starts": (
        AssignmentFactory,
        "UPDATE families_assignment SET ends_on = starts_on - 1 WHERE id = %s",
    ),
    "one_intake_office_at_a_time": (lambda: AssignmentFactory(kind="intake"), "copy"),
    "one_primary_worker_at_a_time": (AssignmentFactory, "copy"),
}


def _copy(row) -> str:
    columns = ", ".join(
        connection.ops.quote_name(field.column)
        for field in row._meta.fields
        if not field.primary_key
    )
    table = row._meta.db_table
    return f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE id = %s"


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_the_database_refuses_by_name(name):
    make, statement = BROKEN[name]
    row = make()
    if statement == "copy":
        statement = _copy(row)

    with (
        pytest.raises(IntegrityError, match=name),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [row.pk])


def test_two_homes_may_each_have_their_intake_office():
    family = FamilyFactory()
    first = AssignmentFactory(child=family.child, kind="intake", household=family.household)
    second = AssignmentFactory(child=family.child, kind="intake", household=HouseholdFactory())

    first.refresh_from_db()
    assert first.ends_on is None
    assert second.ends_on is None
    AssignmentFactory(child=family.child, kind="intake", household=family.household)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.ends_on is not None
    assert second.ends_on is None


def test_every_constraint_of_these_apps_is_broken_here_or_beside():
    beside = {
        "link_revoked_by_somebody",
        "link_expires_after_it_was_made",
        "release_goes_to_another_program",
        "one_move_of_a_household",
    }
    beside |= set(test_merge_constraints.BROKEN)
    named = {
        constraint.name
        for label in ("families", "access", "audit")
        for model in apps.get_app_config(label).get_models()
        for constraint in model._meta.constraints
    }
    assert named == set(BROKEN) | beside
