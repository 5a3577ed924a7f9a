"""The database's logins in tests: the owner makes and empties tables, test bodies are the web."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from cms_portal.database import database_settings
from cms_portal.database.state import ROLES

# Written by a release, and needed by every test; the rest a test leaves behind is swept away.
KEPT_TABLES = {"django_migrations", "django_content_type", "auth_permission"}
# The parts of the settings that differ by login, or by where the server was started.
LOGINS: dict[str, dict[str, Any]] = {}


def know_logins() -> None:
    """Keep the logins of the running server; a test may change the environment they come from."""
    for login in ROLES:
        settings = database_settings(login)
        LOGINS[login] = {key: settings[key] for key in ("USER", "PASSWORD", "HOST", "PORT")}


def use_login(login: str) -> None:
    """Let every connection from now on log in as "owner", "app" or "auditor"."""
    connection = connections["default"]
    connection.close()
    connection.settings_dict.update(LOGINS[login])


@contextmanager
def as_login(login: str) -> Iterator[BaseDatabaseWrapper]:
    """Lend this thread a second connection to the test's database, as another login.

    It sees what has been committed, so the test needs `@pytest.mark.django_db(transaction=True)`.
    """
    mine = connections["default"]
    other = mine.copy()
    other.settings_dict.update(LOGINS[login])
    connections["default"] = other
    try:
        yield other
    finally:
        other.close()
        connections["default"] = mine


def vacuum_nothing() -> None:
    """Keep the server from counting rows by itself; call it as the owner.

    In the middle of a test, before anything is committed, it would take every table for empty, and
    plan each search as through a handful of rows.
    """
    with connections["default"].cursor() as cursor:
        for name in connections["default"].introspection.table_names(cursor):
            quoted = connections["default"].ops.quote_name(name)
            cursor.execute(f"ALTER TABLE {quoted} SET (autovacuum_enabled = false)")


def empty_tables(*arguments: Any, **options: Any) -> None:
    """Sweep away what a test committed. Only the owner may, and only tables with rows cost time."""
    connections["default"].close()
    with as_login("owner") as owner, owner.cursor() as cursor:
        tables = [name for name in owner.introspection.table_names() if name not in KEPT_TABLES]
        if used := _with_rows(cursor, tables):
            cursor.execute(f"TRUNCATE {', '.join(map(owner.ops.quote_name, used))} CASCADE")


def _with_rows(cursor: Any, tables: list[str]) -> list[str]:
    if not tables:
        return []
    cursor.execute(
        " UNION ALL ".join(
            f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in tables
        )
    )
    return [name for (name,) in cursor.fetchall()]
