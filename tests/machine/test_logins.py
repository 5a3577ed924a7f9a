"""What each login may do: the web serves rows and nothing else; the auditor only reads the trail."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, ProgrammingError, connection, connections, transaction
from django.test import TransactionTestCase

from cms_portal.audit.models import AccessEvent, Evidence
from cms_portal.database.evidence import added_only_tables
from cms_portal.database.grants import DELETED_FROM, EVIDENCE, RELEASED
from cms_portal.families.models import Child
from tests.logins import as_login, empty_tables

REFUSED_TO_THE_WEB = {
    "read the evidence": "SELECT * FROM audit_evidence",
    "write evidence of its own": "INSERT INTO audit_evidence (relation) VALUES ('x')",
    "change the evidence": "UPDATE audit_evidence SET reason = 'x'",
    "delete evidence": "DELETE FROM audit_evidence",
    "use up the evidence's numbers": "SELECT nextval('audit_evidence_id_seq')",
    "call the trigger by itself": "SELECT audit_keep_evidence()",
    "empty a table at once": "TRUNCATE families_child CASCADE",
    "empty the evidence": "TRUNCATE audit_evidence",
    "change a read event": "UPDATE audit_accessevent SET at = now()",
    "delete a read event": "DELETE FROM audit_accessevent",
    "change a history": "UPDATE families_historicalchild SET first_name = 'x'",
    "delete a history": "DELETE FROM families_historicalchild",
    "change a table": "ALTER TABLE families_child ADD COLUMN x int",
    "drop a table": "DROP TABLE families_child",
    "take a trigger off": "ALTER TABLE families_child DISABLE TRIGGER ALL",
    "drop a trigger": "DROP TRIGGER keep_evidence ON families_child",
    "silence all triggers": "SET session_replication_role = replica",
    "make a table": "CREATE TABLE x (y int)",
    "make a temporary table": "CREATE TEMPORARY TABLE audit_evidence (y int)",
    "make a function": "CREATE FUNCTION x() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "make a schema": "CREATE SCHEMA x",
    "become the owner": "SET ROLE portal_owner",
    "give itself rights": "GRANT ALL ON audit_evidence TO CURRENT_USER",
    "raise itself": "ALTER ROLE CURRENT_USER SUPERUSER",
    "make a login": "CREATE ROLE x LOGIN",
    "change the database": "ALTER DATABASE postgres SET portal.x = 1",
    "run a program": "COPY families_child TO PROGRAM 'cat'",
    "read a file of the server": "SELECT pg_read_file('postgresql.conf')",
    "rewrite what a release wrote": "DELETE FROM auth_permission",
    "remove a child": "DELETE FROM families_child",
    "remove an account": "DELETE FROM accounts_user",
    "change a decision": "UPDATE eligibility_servicedecision SET outcome = 'available'",
    "change a signature": "UPDATE intake_signature SET name = 'x'",
    "name a model of its own": "INSERT INTO django_content_type (app_label, model) VALUES ('x', 'y')",
}


@pytest.mark.django_db
@pytest.mark.parametrize("attempt", REFUSED_TO_THE_WEB)
def test_the_web_may_not(attempt):
    statement = REFUSED_TO_THE_WEB[attempt]
    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def is_refused(statement):
    """Try a statement as the web, on no row at all: a right is asked before a row is looked for."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        assert "permission denied" in str(error), error
        return True
    return False


def tables():
    with connection.cursor() as cursor:
        found = set(connection.introspection.table_names(cursor))
    assert len(found) > 60
    return found


def a_column_of(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1", [table]
        )
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_the_web_removes_rows_only_where_the_list_says_so():
    open_to_it = {
        table for table in tables() if not is_refused(f'DELETE FROM "{table}" WHERE false')
    }

    assert open_to_it == set(DELETED_FROM)


@pytest.mark.django_db
def test_the_web_changes_no_row_of_a_history_of_the_trail_or_of_what_was_decided():
    changed = {
        table
        for table in tables()
        if not is_refused(f'UPDATE "{table}" SET "{a_column_of(table)}" = DEFAULT WHERE false')
    }

    kept_as_written = {*added_only_tables(), *RELEASED, EVIDENCE}
    assert changed == tables() - kept_as_written
    assert {
        "audit_accessevent",
        "eligibility_servicedecision",
        "intake_signature",
    } <= kept_as_written
    assert len([name for name in kept_as_written if "_historical" in name]) > 25


@pytest.mark.django_db
def test_the_web_reads_and_adds_rows_of_every_other_table():
    closed = tables() - {EVIDENCE, *RELEASED}
    with connection.cursor() as cursor:
        for table in closed:
            for right in ("SELECT", "INSERT"):
                cursor.execute("SELECT has_table_privilege(%s, %s)", [table, right])
                assert cursor.fetchone() == (True,), (table, right)


@pytest.mark.django_db
def test_the_web_empties_no_table_and_hangs_nothing_on_one():
    with connection.cursor() as cursor:
        for table in tables():
            for right in ("TRUNCATE", "TRIGGER", "REFERENCES"):
                cursor.execute("SELECT has_table_privilege(%s, %s)", [table, right])
                assert cursor.fetchone() == (False,), (table, right)
    assert is_refused("TRUNCATE django_session")


@pytest.mark.django_db(transaction=True)
def test_a_right_given_by_mistake_is_found():
    with as_login("owner") as owner, owner.cursor() as cursor:
        cursor.execute("GRANT DELETE ON families_child TO portal_app")
    try:
        assert not is_refused("DELETE FROM families_child WHERE false")
    finally:
        with as_login("owner") as owner, owner.cursor() as cursor:
            cursor.execute("REVOKE DELETE ON families_child FROM portal_app")
    assert is_refused("DELETE FROM families_child WHERE false")


@pytest.mark.django_db(transaction=True)
def test_the_auditor_reads_the_trail_and_neither_changes_it_nor_sees_a_family():
    with as_login("auditor"):
        assert Evidence.objects.count() == 0
        assert AccessEvent.objects.count() == 0
        assert Child.history.count() == 0
        with pytest.raises(ProgrammingError, match="permission denied"):
            Evidence.objects.all().delete()
        with pytest.raises(ProgrammingError, match="permission denied"):
            Child.objects.count()


@pytest.mark.django_db(transaction=True)
def test_what_a_test_committed_is_swept_away_by_the_owner():
    from django.contrib.sessions.models import Session

    Session.objects.create(session_key="x", expire_date="2030-01-01T00:00Z")

    empty_tables()

    assert Session.objects.count() == 0
    assert TransactionTestCase._fixture_teardown is empty_tables


@pytest.mark.django_db(transaction=True)
def test_a_lent_login_is_given_back_even_after_an_error():
    mine = connections["default"]
    with pytest.raises(LookupError), as_login("owner") as owner:
        assert connections["default"] is owner
        raise LookupError

    assert connections["default"] is mine
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("portal_app",)
