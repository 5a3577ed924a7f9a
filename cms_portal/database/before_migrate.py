"""What the owner does before each migration: the extensions and functions that tables and searches need."""

from __future__ import annotations

from typing import Any

from django.db import connections

from cms_portal.database.names import MAKE_FUNCTION

# All four are trusted: the owner of a database may make them, on a state's server as well.
EXTENSIONS = ("btree_gist", "citext", "pg_trgm", "unaccent")


def run(using: str, **kwargs: Any) -> None:
    """Make what is missing."""
    with connections[using].cursor() as cursor:
        for name in EXTENSIONS:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
        cursor.execute(MAKE_FUNCTION)
