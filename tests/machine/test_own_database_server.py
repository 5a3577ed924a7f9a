"""A state's own server, reached by three addresses, keeps the same walls as the embedded one."""

from __future__ import annotations

import os
import subprocess
import sys

import psycopg2
import pytest

from cms_portal.database import ensure_running
from cms_portal.database.state import PROJECT

ADDRESSES = {
    "DATABASE_OWNER_URL": "owner",
    "DATABASE_URL": "app",
    "DATABASE_AUDITOR_URL": "auditor",
}


def manage(*command: str, **environment: str) -> None:
    developer = {"DJANGO_SETTINGS_MODULE": "cms_portal.settings.dev"}
    subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=PROJECT,
        env={**os.environ, **developer, **environment},
        check=True,
        capture_output=True,
    )


@pytest.mark.slow
def test_tables_are_made_by_the_owners_address_and_served_by_the_webs(own_server, tmp_path):
    ensure_running()
    addresses = {
        name: own_server.run("url", "--login", login).stdout.strip()
        for name, login in ADDRESSES.items()
    }

    # The embedded server is out of reach: only the addresses lead to a database.
    manage("migrate", **addresses, PORTAL_PGDATA=str(tmp_path / "elsewhere"))

    web = psycopg2.connect(addresses["DATABASE_URL"])
    with web, web.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM families_child")
        assert cursor.fetchone() == (0,)
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("SELECT count(*) FROM audit_evidence")
    web.close()
    auditor = psycopg2.connect(addresses["DATABASE_AUDITOR_URL"])
    with auditor, auditor.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_evidence")
        assert cursor.fetchone()[0] >= 0
    auditor.close()
