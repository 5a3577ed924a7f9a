"""The database learns with each write who acts, so that its triggers can keep it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from cms_portal.audit import context

ITSELF = "itself"
_WRITES = ("INSERT", "UPDATE", "DELETE", "COPY", "TRUNCATE", "WITH", "MERGE")
# Local to the transaction; a statement outside one is its own transaction, and travels with this.
_TELL = (
    "SELECT set_config('portal.actor', %s, true), set_config('portal.reason', %s, true),"
    " set_config('portal.request', %s, true); "
)


def tell_the_database_who_acts(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Put the audit context in front of every write of this connection."""
    if _with_actor not in connection.execute_wrappers:
        connection.execute_wrappers.append(_with_actor)


def _with_actor(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, wrapper_context: dict[str, Any]
) -> Any:
    if many or not isinstance(sql, str) or not sql.lstrip().upper().startswith(_WRITES):
        return execute(sql, params, many, wrapper_context)
    now = context.current()
    told = [
        _name_of(now.actor),
        now.reason.replace("\0", ""),
        str(now.request_id or ""),
    ]
    if params is None:
        # Without parameters the driver leaves percent signs alone; with ours it would read them.
        sql = sql.replace("%", "%%")
    return execute(_TELL + sql, told + list(params or []), many, wrapper_context)


def _name_of(actor: Any) -> str:
    """An account that is just being opened by its own person has no number yet: the row tells it."""
    if actor is None:
        return ""
    return str(actor.pk or ITSELF)
