"""A copy of the test's database, to come back to: made once, put in place in less than a second."""

from __future__ import annotations

from django.db import connections

from cms_portal.database.evidence import added_only_tables
from cms_portal.database.grants import apply_grants
from tests.logins import as_login

PATIENCE = 30_000  # milliseconds; a connection ends when its process next looks up


def name_of_copy(what: str) -> str:
    """Return the name of this worker's copy."""
    return f"{connections['default'].settings_dict['NAME']}_{what}"


def keep_copy(what: str) -> None:
    """Keep the database as it is now."""
    _copy(connections["default"].settings_dict["NAME"], name_of_copy(what))


def put_back(what: str) -> None:
    """Make the database what it was when it was kept."""
    _copy(name_of_copy(what), connections["default"].settings_dict["NAME"])
    with as_login("owner") as owner:
        apply_grants(owner, added_only=added_only_tables())


def drop_copy(what: str) -> None:
    """Forget a copy, if there is one."""
    with as_login("owner") as owner, owner._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name_of_copy(what)}" WITH (FORCE)')


def _copy(source: str, target: str) -> None:
    """Copy a database over another; whoever is still connected to either is sent away."""
    connections["default"].close()
    with as_login("owner") as owner, owner._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        both = [name for (name,) in cursor.fetchall() if name in (source, target)]
        # A page of the test before may still be on its way; it must not come in between.
        for name in both:
            cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        for login in ("app", "auditor", "owner"):
            _send_away(login, both)
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}"')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
        cursor.execute(f'ALTER DATABASE "{source}" ALLOW_CONNECTIONS true')


def _send_away(login: str, databases: list[str]) -> None:
    """End the connections of a login, which nobody but itself may, and wait until they are gone."""
    with as_login(login) as own, own._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, %s) FROM pg_stat_activity"
            " WHERE usename = current_user AND datname = ANY(%s) AND pid <> pg_backend_pid()",
            [PATIENCE, databases],
        )
