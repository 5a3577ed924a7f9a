"""Rebuilding tables from the evidence alone, to compare them with the live ones."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from cms_portal.database.evidence import (
    SECRET_COLUMNS,
    added_only_tables,
    watched_tables,
)
from tests.logins import as_login

Row = dict[str, Any]


def differences() -> list[str]:
    """Return each row, with its columns, that is not as the trail says; empty if nothing escaped."""
    found = []
    with as_login("owner") as owner, owner.cursor() as cursor:
        for table, key in sorted(watched_tables().items()):
            if table not in added_only_tables():
                found += _compare(table, _told(cursor, table), _live(cursor, table, key))
    return found


def _told(cursor: Any, table: str) -> dict[str, Row]:
    cursor.execute(
        'SELECT "row", operation, after FROM audit_evidence WHERE relation = %s ORDER BY id',
        [table],
    )
    rows: dict[str, Row] = {}
    for key, operation, after in cursor.fetchall():
        if operation == "D":
            rows.pop(key, None)
        else:
            rows[key] = json.loads(after) if isinstance(after, str) else after
    return rows


def _live(cursor: Any, table: str, key: str) -> dict[str, Row]:
    cursor.execute(f'SELECT to_jsonb(live) FROM "{table}" live')
    rows = [json.loads(row) if isinstance(row, str) else row for (row,) in cursor.fetchall()]
    for row in rows:
        for secret in SECRET_COLUMNS.get(table, []):
            if row[secret] is not None:
                digest = hashlib.sha256(str(row[secret]).encode()).hexdigest()
                row[secret] = f"sha256:{digest}"
    return {str(row[key]): row for row in rows}


def _compare(table: str, told: dict[str, Row], live: dict[str, Row]) -> list[str]:
    found = []
    for key in sorted(set(told) | set(live)):
        one, other = told.get(key), live.get(key)
        if one is None or other is None:
            found.append(
                f"{table} {key}: {'not in the trail' if one is None else 'only in the trail'}"
            )
        elif columns := sorted(name for name in other if one.get(name) != other[name]):
            found.append(f"{table} {key}: {', '.join(columns)}")
    return found
