"""What a new embedded server is given: three logins and one database."""

from __future__ import annotations

import psycopg2
from psycopg2 import sql

from cms_portal.database.state import DATABASE, ROLES

# The owner makes test databases; nobody is superuser, and nobody may pass for another.
RIGHTS = {
    "owner": "LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS",
    "app": "LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS",
    "auditor": "LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS",
}


def provision(link: psycopg2.extensions.connection, passwords: dict[str, str]) -> None:
    """Make the logins and the database if they are missing; safe to run at every start."""
    with link.cursor() as cursor:
        for login, role in ROLES.items():
            if not _exists(cursor, "SELECT FROM pg_roles WHERE rolname = %s", role):
                cursor.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
            cursor.execute(
                sql.SQL("ALTER ROLE {} {} PASSWORD %s").format(
                    sql.Identifier(role), sql.SQL(RIGHTS[login])
                ),
                [passwords[role]],
            )
        if not _exists(cursor, "SELECT FROM pg_database WHERE datname = %s", DATABASE):
            cursor.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(ROLES["owner"])
                )
            )


def _exists(cursor: psycopg2.extensions.cursor, query: str, name: str) -> bool:
    cursor.execute(query, [name])
    return cursor.fetchone() is not None
