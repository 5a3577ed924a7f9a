"""Many rows at once, by COPY: for invented data alone, as it goes around the rows' own history.

The triggers stand all the same: each row leaves its evidence, with the actor and the reason given.
Rows travel in COPY's own text: one line a row, its columns parted by tabs.
"""

from __future__ import annotations

import io
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from cms_portal.audit import context

Row = list[str]


class NotQuiet(RuntimeError):
    """Somebody else adds rows to the same table."""


def read_rows(
    connection: BaseDatabaseWrapper, table: str, columns: list[str], *, key: str, above: int
) -> list[Row]:
    """Return the rows whose key is above a number, in its order, each column as COPY writes it."""
    names = ", ".join(map(connection.ops.quote_name, columns))
    chosen = (
        f"SELECT {names} FROM {connection.ops.quote_name(table)}"
        f' WHERE "{key}" > {int(above)} ORDER BY "{key}"'
    )
    answer = io.StringIO()
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(f"COPY ({chosen}) TO STDOUT", answer)
    return [line.split("\t") for line in answer.getvalue().splitlines()]


def write_rows(
    connection: BaseDatabaseWrapper, table: str, columns: list[str], lines: list[str]
) -> None:
    """Add rows within the transaction that is open, with the actor and reason of the audit context."""
    now = context.current()
    if now.actor is None:
        raise ValueError("Say who adds the rows, with acting(by=…).")
    names = ", ".join(map(connection.ops.quote_name, columns))
    target = f"COPY {connection.ops.quote_name(table)} ({names}) FROM STDIN"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('portal.actor', %s, true), set_config('portal.reason', %s, true)",
            [str(now.actor.pk), now.reason],
        )
        cursor.cursor.copy_expert(target, io.StringIO("\n".join(lines) + "\n"))


def highest(connection: BaseDatabaseWrapper, table: str, key: str) -> int:
    """Return the highest key of a table; 0 for an empty one."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT coalesce(max("{key}"), 0) FROM {connection.ops.quote_name(table)}')
        return int(cursor.fetchone()[0])


def take_numbers(connection: BaseDatabaseWrapper, table: str, key: str, count: int) -> int:
    """Take `count` keys in a row from a table's sequence, and return the first.

    Raises NotQuiet when somebody else took one in between.
    """
    if not count:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(number), max(number) FROM"
            " (SELECT nextval(pg_get_serial_sequence(%s, %s)) AS number"
            " FROM generate_series(1, %s)) AS taken",
            [connection.ops.quote_name(table), key, count],
        )
        first, last = cursor.fetchone()
    if last - first + 1 != count:
        raise NotQuiet(f"Somebody else added rows to {table} just now. Seed a quiet database.")
    return int(first)


def settle(connection: BaseDatabaseWrapper) -> None:
    """Let the planner count what is there now; only the owner of the tables may."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def sizes(connection: BaseDatabaseWrapper) -> list[tuple[str, int, int]]:
    """Return (table, rows as last counted, bytes with its indexes), the largest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, greatest(reltuples, 0)::bigint, pg_total_relation_size(oid)"
            " FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " ORDER BY 3 DESC"
        )
        rows: list[Any] = cursor.fetchall()
    return [(str(name), int(count), int(size)) for name, count, size in rows]
