"""No change escapes the evidence: each table rebuilt from the trail equals the live table."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, models
from django.utils import timezone

from cms_portal.access import links
from cms_portal.access.models import LinkPurpose
from cms_portal.accounts.models import User
from cms_portal.audit import context
from cms_portal.audit.actions import note_access
from cms_portal.audit.models import AccessEvent, Evidence
from cms_portal.families import actions
from cms_portal.families.models import Child, Guardian, Household
from cms_portal.work.models import Task
from tests.audit.replay import differences
from tests.factories import (
    AddressFactory,
    AssignmentFactory,
    AuthorityFactory,
    BlockFactory,
    ChildFactory,
    FamilyFactory,
    GuardianFactory,
    HouseholdFactory,
    StaffFactory,
    the_portal,
)
from tests.factories.dates import days_from_today
from tests.logins import as_login

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def untracked(model):
    """Return a queryset without our guards, as a careless hand would write one."""
    return models.QuerySet(model)


def last_of(row, operation):
    with as_login("auditor"):
        return (
            Evidence.objects.filter(
                relation=row._meta.db_table, row=str(row.pk), operation=operation
            )
            .order_by("-pk")
            .first()
        )


def saved(guardian):
    guardian.best_time_to_call = "mornings"
    guardian.save()


def changed_around_the_history(guardian):
    untracked(Guardian).filter(pk=guardian.pk).update(best_time_to_call="mornings")


def changed_in_bulk(guardian):
    guardian.best_time_to_call = "mornings"
    untracked(Guardian).bulk_update([guardian], ["best_time_to_call"])


def changed_by_raw_sql(guardian):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE families_guardian SET best_time_to_call = %s WHERE id = %s",
            ["mornings", guardian.pk],
        )


def changed_by_raw_sql_with_names(guardian):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE families_guardian SET best_time_to_call = %(time)s WHERE id = %(pk)s",
            {"time": "mornings", "pk": guardian.pk},
        )


def changed_by_raw_sql_many_times(guardian):
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE families_guardian SET best_time_to_call = %s WHERE id = %s",
            [("nights", guardian.pk), ("mornings", guardian.pk)],
        )


def changed_by_a_composed_statement(guardian):
    from psycopg2 import sql

    statement = sql.SQL("UPDATE {} SET best_time_to_call = 'mornings' WHERE id = %s")
    with connection.cursor() as cursor:
        cursor.execute(statement.format(sql.Identifier("families_guardian")), [guardian.pk])


def changed_with_a_percent_sign(guardian):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE families_guardian SET best_time_to_call = 'mornings'"
            " WHERE first_name NOT LIKE 'no%such'"
        )


def changed_by_an_upsert(guardian):
    guardian.best_time_to_call = "mornings"
    untracked(Guardian).bulk_create(
        [guardian],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["best_time_to_call"],
    )


@pytest.mark.parametrize(
    "change",
    [
        saved,
        changed_around_the_history,
        changed_in_bulk,
        changed_by_raw_sql,
        changed_by_raw_sql_with_names,
        changed_by_raw_sql_many_times,
        changed_by_a_composed_statement,
        changed_with_a_percent_sign,
        changed_by_an_upsert,
    ],
    ids=lambda change: change.__name__,
)
def test_every_way_to_change_a_row_leaves_its_actor_and_both_values(change):
    guardian, ida = GuardianFactory(best_time_to_call="evenings"), StaffFactory()

    with context.acting(by=ida, reason="she called"):
        change(guardian)

    kept = last_of(guardian, "U")
    assert kept.after["best_time_to_call"] == "mornings"
    assert kept.before["best_time_to_call"] in ("evenings", "nights")
    assert (kept.actor_id, kept.reason) == (ida.pk, "she called")
    assert differences() == []


def test_adding_and_removing_leave_evidence_too():
    ida, household = StaffFactory(), HouseholdFactory()
    with context.acting(by=ida, reason="test"):
        many = untracked(Guardian).bulk_create(
            Guardian(household=household, first_name="Rosa", last_name=str(n)) for n in range(3)
        )
        kept = many[0]
        with as_login("owner"):  # the web may not
            untracked(Guardian).filter(pk=many[1].pk).delete()
            many[2].delete()

    assert last_of(kept, "I").actor_id == ida.pk
    with as_login("auditor"):
        removed = Evidence.objects.filter(relation="families_guardian", operation="D")
        assert {(row.actor_id, row.after) for row in removed} == {(ida.pk, None)}
        assert removed.count() == 2
    assert differences() == []


def test_copy_leaves_evidence():
    household = HouseholdFactory()
    columns = "household_id, first_name, last_name, phone, email, spoken_language,"
    columns += " written_language, interpreter_language, interpreter_mode, preferred_channel,"
    columns += " safe_to_text, safe_to_leave_voicemail, safe_to_mail, best_time_to_call,"
    columns += " plain_letters, online_only"
    line = f"{household.pk}\tRosa\tCopied\t\t\ten\ten\t\t\tletter\tf\tf\tt\t\tf\tf\n"
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(
            f"COPY families_guardian ({columns}) FROM STDIN", io.StringIO(line)
        )

    assert last_of(Guardian.objects.get(last_name="Copied"), "I") is not None
    assert differences() == []


def test_the_owner_in_a_migration_leaves_evidence():
    child = ChildFactory()
    with as_login("owner") as owner, owner.cursor() as cursor:
        cursor.execute("UPDATE families_child SET tribe = 'Zia' WHERE id = %s", [child.pk])

    kept = last_of(child, "U")
    assert kept.after["tribe"] == "Zia"
    assert kept.login == "portal_owner"


def test_a_command_acts_as_the_portal():
    AuthorityFactory(kind="power_of_attorney", paper_ends_on=days_from_today(9))
    call_command("remind_authority_papers", verbosity=0, stdout=io.StringIO())

    assert last_of(Task.objects.get(), "I").actor_id == the_portal().pk


def test_a_password_is_kept_as_a_digest():
    user = User.objects.get(pk=FamilyFactory().user.pk)

    kept = last_of(user, "I").after
    assert kept["password"].startswith("sha256:")
    assert user.password not in str(kept)


@pytest.mark.parametrize("table", ["families_child", "audit_accessevent", "audit_evidence"])
def test_the_web_may_not_empty_a_table(table):
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_evidence SET actor_id = 1",
        "DELETE FROM audit_evidence",
        "INSERT INTO audit_evidence SELECT * FROM audit_evidence",
        "SELECT * FROM audit_evidence",
        "UPDATE audit_accessevent SET actor_id = NULL",
        "DELETE FROM audit_accessevent",
        "UPDATE families_historicalchild SET history_change_reason = ''",
        "DELETE FROM families_historicalchild",
        "ALTER TABLE families_child DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
    ],
)
def test_the_web_may_not_touch_what_was_kept(statement):
    ChildFactory()

    refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with refused, connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_whole_family_rebuilt_from_the_trail_equals_the_live_tables():
    family = FamilyFactory()
    AddressFactory(household=family.household)
    AddressFactory(household=family.household)
    BlockFactory(child=family.child, guardian=family.guardian, user=None)
    AssignmentFactory(child=family.child)
    AssignmentFactory(child=family.child)
    actions.hide_address(
        household=family.household, starts_on=days_from_today(0), by=the_portal(), reason="asked"
    )
    note_access(by=family.user, page="test", child=family.child)
    links.make(
        purpose=LinkPurpose.RECEIPT,
        about=family.child,
        expires_at=timezone.now() + timezone.timedelta(days=1),
        by=the_portal(),
    )

    assert differences() == []
    assert Household.objects.exists()
    assert Child.objects.exists()
    assert AccessEvent.objects.exists()


def test_the_replay_finds_a_change_that_left_no_evidence():
    """The planted fault: the owner silences the trigger and changes one row."""
    child = ChildFactory()
    with as_login("owner") as owner, owner.cursor() as cursor:
        cursor.execute("ALTER TABLE families_child DISABLE TRIGGER keep_evidence")
        cursor.execute("UPDATE families_child SET tribe = 'Zia' WHERE id = %s", [child.pk])
        cursor.execute("ALTER TABLE families_child ENABLE TRIGGER keep_evidence")

    assert differences() == [f"families_child {child.pk}: tribe"]
