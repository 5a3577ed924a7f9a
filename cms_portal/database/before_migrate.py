"""What the owner does before each migration: the extensions that tables and searches need."""

from __future__ import annotations

from typing import Any

from django.db import connections

# All four are trusted: the owner of a database may make them, on a state's server as well.
EXTENSIONS = ("btree_gist", "citext", "pg_trgm", "unaccent")


def run(using: str, **kwargs: Any) -> None:
    """Make the extensions that are missing."""
    with connections[using].cursor() as cursor:
        for name in EXTENSIONS:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
