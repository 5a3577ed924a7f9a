"""Who acts, why, and in which request: known to every write, readable by the database's triggers."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cms_portal.accounts.models import User


@dataclass(frozen=True)
class AuditContext:
    """The actor, the reason and the request that a change is kept with."""

    actor: User | None = None
    reason: str = ""
    request_id: uuid.UUID | None = None


_NOBODY = AuditContext()
_current: ContextVar[AuditContext] = ContextVar("audit_context", default=_NOBODY)


def current() -> AuditContext:
    """Return the context that changes made now are kept with."""
    return _current.get()


@contextmanager
def acting(*, by: User | None, reason: str = "") -> Iterator[AuditContext]:
    """Keep every change inside with this actor and reason, in the request that is running."""
    with _entered(replace(current(), actor=by, reason=reason)) as context:
        yield context


@contextmanager
def within_request(request_id: uuid.UUID) -> Iterator[AuditContext]:
    """Start a request of nobody; the actor is filled in once the session is read."""
    with _entered(AuditContext(request_id=request_id)) as context:
        yield context


@contextmanager
def _entered(context: AuditContext) -> Iterator[AuditContext]:
    token = _current.set(context)
    try:
        yield context
    finally:
        _current.reset(token)
