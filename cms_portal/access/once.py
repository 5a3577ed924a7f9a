"""What is true of a person while one request lasts, read once in it and never kept beyond it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from cms_portal.audit import context

T = TypeVar("T")


def once_a_request(read: Callable[[Any], T]) -> Callable[[Any], T]:
    """Read once for each request and person; outside of a request, each time anew.

    It is kept on the person's own object under the number of the request, so that a change of rights
    bites on the next one.
    """
    name = f"_{read.__module__}.{read.__qualname__}"

    @wraps(read)
    def kept(user: Any) -> T:
        request_id = context.current().request_id
        if request_id is None:
            return read(user)
        held = getattr(user, name, None)
        if held is None or held[0] != request_id:
            held = (request_id, read(user))
            setattr(user, name, held)
        found: T = held[1]
        return found

    return kept
