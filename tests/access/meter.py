"""What requests write, as the database itself counts it, undone writes too."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from cms_portal.audit.models import AccessEvent

LOOKS = AccessEvent._meta.db_table


class undone:
    """Undo everything that happens inside, so that the next request finds the world as it was."""

    def __enter__(self) -> None:
        self.point = transaction.savepoint()

    def __exit__(self, *error: Any) -> None:
        transaction.savepoint_rollback(self.point)


class Meter:
    """Counts the rows written since it was made, table by table."""

    def __init__(self) -> None:
        self.before = _rows_written()

    def wrote(self) -> set[str]:
        """Return the tables that were written to."""
        now = _rows_written()
        return {name for name, count in now.items() if count != self.before.get(name, 0)}


def looks_kept() -> int:
    """Return how many read events there are."""
    return AccessEvent.objects.count()


def _rows_written() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return dict(cursor.fetchall())
