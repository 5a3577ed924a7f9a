"""What the web's login and the auditor's may do with each table, given after every migration.

The web reads, adds and changes rows. It removes them only where `DELETED_FROM` says so, changes none
of what is only added to, and may not empty a table at once, change its form, or touch the evidence,
which a trigger writes with the owner's rights.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from psycopg2 import sql

from cms_portal.database.logins import role_name

EVIDENCE = "audit_evidence"
# The only tables whose rows the portal removes, each with its reason. Everything else ends by a date.
DELETED_FROM = {
    "accounts_sentcode": "a code that is used up goes the next night",
    "accounts_unsentform": "what somebody typed is forgotten once it is sent, or nobody came back for it",
    "django_session": "a session ends: signed out, idle, or from another place",
    "intake_keptanswer": "what the quick check was told is forgotten once its page is sent",
    "mfa_authenticator": "a passkey or an app that its person removed must not work again",
    "offices_closure": "a closure that will not happen after all; its history stays",
    "offices_openinghours": "hours that changed; their history stays",
    "portal_cache": "counters of guesses, over after an hour",
}
# Written by a release alone; the web only reads them.
RELEASED = {
    "auth_permission": "not used: roles are in code",
    "django_content_type": "the names of the models",
    "django_migrations": "what has been migrated",
}


def apply_grants(
    connection: Any, *, added_only: Iterable[str] = (), evidence: Iterable[str] = (EVIDENCE,)
) -> None:
    """Give the three logins their rights on every table of a database; call it as the owner.

    `added_only` tables the web may read and add to, and nothing else. `evidence` tables it may not
    touch. Where the server has one login for everything there is nothing to part, and nothing is done.
    """
    owner, app, auditor = (role_name(login) for login in ("owner", "app", "auditor"))
    with connection.cursor() as cursor:
        tables = _tables(cursor)
        closed, added_to = set(evidence), set(added_only)
        if app != owner:
            _close(cursor, connection.settings_dict["NAME"])
            _open_to_app(cursor, app, tables, closed=closed, added_to=added_to)
        if auditor not in (owner, app):
            _open_to_auditor(cursor, auditor, [name for name in tables if _is_trail(name, closed)])


def _close(cursor: Any, database: str) -> None:
    """Take from everybody what PostgreSQL gives everybody: new tables, even temporary ones.

    A function that runs with the owner's rights could else be led to a temporary table.
    """
    _run(cursor, "REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC", database)
    _run(cursor, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")


def _open_to_app(
    cursor: Any, app: str, tables: list[str], *, closed: set[str], added_to: set[str]
) -> None:
    _run(cursor, "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}", app)
    _run(cursor, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}", app)
    _run(cursor, "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}", app)
    for name in tables:
        if name not in RELEASED:
            _run(cursor, "GRANT INSERT ON TABLE {} TO {}", name, app)
        if name not in RELEASED and name not in added_to:
            _run(cursor, "GRANT UPDATE ON TABLE {} TO {}", name, app)
        if name in DELETED_FROM:
            _run(cursor, "GRANT DELETE ON TABLE {} TO {}", name, app)
    for name in sorted(closed.intersection(tables)):
        _run(cursor, "REVOKE ALL ON TABLE {} FROM {}", name, app)
        for sequence in _sequences_of(cursor, name):  # a number taken would look like a row removed
            _run(cursor, "REVOKE ALL ON SEQUENCE {} FROM {}", sequence, app)


def _open_to_auditor(cursor: Any, auditor: str, tables: list[str]) -> None:
    _run(cursor, "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}", auditor)
    for name in tables:
        _run(cursor, "GRANT SELECT ON TABLE {} TO {}", name, auditor)


def _is_trail(table: str, evidence: set[str]) -> bool:
    """Whether a table says what happened: evidence, read events, seals, and every history."""
    app, _, model = table.partition("_")
    return table in evidence or app == "audit" or model.startswith("historical")


def _tables(cursor: Any) -> list[str]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    return [name for (name,) in cursor.fetchall()]


def _sequences_of(cursor: Any, table: str) -> list[str]:
    cursor.execute(
        "SELECT sequence.relname FROM pg_class sequence"
        " JOIN pg_depend link ON link.objid = sequence.oid AND link.deptype IN ('a', 'i')"
        " WHERE sequence.relkind = 'S' AND link.refobjid = %s::regclass",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]


def _run(cursor: Any, statement: str, *names: str) -> None:
    cursor.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))
