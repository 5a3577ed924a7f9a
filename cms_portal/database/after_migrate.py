"""What the owner does after each migration: triggers on every table, then rights for the other logins."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.db import connections

from cms_portal.database.evidence import added_only_tables, watch_every_table
from cms_portal.database.grants import apply_grants
from cms_portal.database.merging import guard_merges


def run(using: str, **kwargs: Any) -> None:
    """Finish a migration; runs as the owner, and only once every app's tables stand."""
    connection = connections[using]
    call_command("createcachetable", database=using, verbosity=0)
    watch_every_table(connection)
    guard_merges(connection)
    apply_grants(connection, added_only=added_only_tables())
