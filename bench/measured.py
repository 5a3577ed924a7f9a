"""Headers that tell what each request cost the server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from bench.cost import CPU, QUERIES, WALL

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def measured(application: Application) -> Application:
    """Count an application's queries, and take the time until its answer is ready."""
    from django.db import connection

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        queries = 0
        began, used = time.perf_counter(), time.process_time()

        def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal queries
            queries += 1
            return execute(sql, params, many, context)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            cost = {
                QUERIES: queries,
                WALL: round((time.perf_counter() - began) * 1e6),
                CPU: round((time.process_time() - used) * 1e6),
            }
            return start_response(status, headers + [(k, str(v)) for k, v in cost.items()], *rest)

        with connection.execute_wrapper(count):
            return application(environ, start)

    return answer
