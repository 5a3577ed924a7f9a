"""What each login may do: the web serves rows and nothing else; the auditor only reads the trail."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, ProgrammingError, connection, connections, transaction
from django.test import TransactionTestCase

from cms_portal.audit.models import AccessEvent, Evidence
from cms_portal.database.evidence import added_only_tables
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
    "rewrite what has been migrated": "DELETE FROM django_migrations",
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


@pytest.mark.django_db
def test_the_web_reads_and_writes_the_rows_of_every_other_table():
    closed = {"audit_evidence", "django_migrations"}
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - closed
        assert len(tables) > 30
        for table in tables:
            changeable = "SELECT,INSERT" if table in added_only_tables() else "UPDATE,DELETE"
            for right in changeable.split(","):
                cursor.execute("SELECT has_table_privilege(%s, %s)", [table, right])
                assert cursor.fetchone() == (True,), (table, right)


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
