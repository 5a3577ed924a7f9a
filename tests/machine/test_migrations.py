"""A portal set up by migrations has the database that the tests, which build theirs from the models, know."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from typing import Any

import psycopg2
import pytest
from django.db import connection

from cms_portal.database import database_settings, ensure_running
from cms_portal.database.state import PROJECT

# The list of the migrations; and groups, which the portal has none of, once had shorter numbers.
OF_DJANGO = ("django_migrations", "auth_group_permissions")
LOOKS = {
    "columns": """
        SELECT attrelid::regclass::text, attname, format_type(atttypid, atttypmod), attnotnull,
               attidentity::text, pg_get_expr(adbin, adrelid)
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
          AND attnum > 0 AND NOT attisdropped
    """,
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    """,
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": """
        SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
        FROM pg_trigger WHERE NOT tgisinternal
    """,
    "rights": """
        SELECT relname, acl.grantee::regrole::text, acl.privilege_type
        FROM pg_class, aclexplode(relacl) acl WHERE relnamespace = 'public'::regnamespace
    """,
}
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def looked_at(cursor: Any) -> dict[str, set[tuple[Any, ...]]]:
    """Return what a database holds, but for its rows and what belongs to Django alone."""
    found = {}
    for what, query in LOOKS.items():
        cursor.execute(query)
        found[what] = {row for row in cursor.fetchall() if not row[0].startswith(OF_DJANGO)}
    return found


@pytest.fixture
def migrated(own_server: Any) -> dict[str, set[tuple[Any, ...]]]:
    ensure_running()
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=PROJECT,
        env={
            **os.environ,
            "PORTAL_DB_LOGIN": "owner",
            "DJANGO_SETTINGS_MODULE": "cms_portal.settings.dev",
        },
        check=True,
    )
    settings = database_settings("owner")
    login = {key.lower(): settings[key] for key in ("USER", "PASSWORD", "HOST", "PORT")}
    with closing(psycopg2.connect(dbname=settings["NAME"], **login)) as link, link.cursor() as look:
        return looked_at(look)


def test_migrations_make_the_database_of_the_models(migrated):
    with connection.cursor() as cursor:
        of_the_models = looked_at(cursor)

    for what in LOOKS:
        assert migrated[what] ^ of_the_models[what] == set(), what
        assert len(migrated[what]) > 50, what
