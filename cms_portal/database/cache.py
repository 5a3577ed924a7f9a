"""The cache that all web processes share, in the database, written in one statement."""

from __future__ import annotations

import base64
import pickle
import random
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router
from django.utils.timezone import now

# The table is counted, and swept if it is full, at one write in so many.
SWEPT_EVERY = 1_000
_WRITE = (
    "INSERT INTO {table} AS kept (cache_key, value, expires) VALUES (%s, %s, %s)"
    " ON CONFLICT (cache_key) DO UPDATE SET value = EXCLUDED.value, expires = EXCLUDED.expires"
)
_WRITES = {
    "set": _WRITE,
    "add": f"{_WRITE} WHERE kept.expires < %s",
    "touch": "UPDATE {table} SET expires = %s WHERE cache_key = %s AND expires >= %s",
}


class SharedCache(DatabaseCache):
    """Django's database cache, which counts its table and asks twice at each write, without that.

    Of many that add one key at once, one is first; the others wait until it is through, and are told.
    """

    _table: str
    _max_entries: int
    _cull: Any

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        db = router.db_for_write(self.cache_model_class)
        table = connections[db].ops.quote_name(self._table)
        expires = self._expires(timeout)
        moment = now().replace(microsecond=0)
        values: dict[str, list[Any]] = {
            "set": [key, self._packed(value), expires],
            "add": [key, self._packed(value), expires, moment],
            "touch": [expires, key, moment],
        }
        with connections[db].cursor() as cursor:
            if random.randrange(SWEPT_EVERY) == 0:  # noqa: S311 - chance, not a secret
                self._sweep(db, cursor)
            cursor.execute(_WRITES[mode].format(table=table), values[mode])
            return bool(cursor.rowcount)

    def _expires(self, timeout: Any) -> datetime:
        ends = self.get_backend_timeout(timeout)
        if ends is None:
            return datetime.max.replace(tzinfo=UTC, microsecond=0)
        return datetime.fromtimestamp(ends, tz=UTC).replace(microsecond=0)

    def _packed(self, value: Any) -> str:
        return base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("ascii")

    def _sweep(self, db: str, cursor: Any) -> None:
        cursor.execute(f"SELECT count(*) FROM {connections[db].ops.quote_name(self._table)}")
        (count,) = cursor.fetchone()
        if count > self._max_entries:
            self._cull(db, cursor, now().replace(microsecond=0), count)
