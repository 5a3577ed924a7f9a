"""The database learns with each write who acts, so that its triggers can keep it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from cms_portal.audit import context

ITSELF = "itself"
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|COPY|TRUNCATE|WITH|MERGE)\b", re.IGNORECASE)
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
    # The driver's composed statements are objects that need the cursor to become text.
    text = sql if isinstance(sql, str) else sql.as_string(wrapper_context["cursor"].cursor)
    if not _WRITES.match(text):
        return execute(sql, params, many, wrapper_context)
    if many:
        # Told once only, the second row of a statement outside a transaction would have no actor.
        def execute_one(sql: str, one: Any, _many: bool, where: dict[str, Any]) -> Any:
            return execute(sql, [one], True, where)

        for one in params:
            _told(execute_one, text, one, wrapper_context)
        return None
    return _told(execute, text, params, wrapper_context)


def _told(execute: Callable[..., Any], sql: str, params: Any, wrapper_context: Any) -> Any:
    now = context.current()
    told = [_name_of(now.actor), now.reason.replace("\0", ""), str(now.request_id or "")]
    if isinstance(params, dict):
        return _told_by_name(execute, sql, params, told, wrapper_context)
    if params is None:
        # Without parameters the driver leaves percent signs alone; with ours it would read them.
        sql = sql.replace("%", "%%")
    return execute(_TELL + sql, told + list(params or []), False, wrapper_context)


def _told_by_name(
    execute: Callable[..., Any], sql: str, params: dict[str, Any], told: list[str], context: Any
) -> Any:
    names = ["portal_actor", "portal_reason", "portal_request"]
    tell = _TELL % tuple(f"%({name})s" for name in names)
    return execute(tell + sql, params | dict(zip(names, told, strict=True)), False, context)


def _name_of(actor: Any) -> str:
    """An account that is just being opened by its own person has no number yet: the row tells it."""
    if actor is None:
        return ""
    return str(actor.pk or ITSELF)
