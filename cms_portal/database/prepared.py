"""Questions that pages ask again and again: their statement is put together once for the process."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from copy import copy
from functools import cache, wraps
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Value


class _Slot(str):
    """Stands in a statement for the value of one argument."""


def prepared(build: Callable[..., QuerySet]) -> Callable[..., list[Any]]:
    """Ask what `build` returns; only the values of its arguments are filled in anew.

    `build` is called once, with a stand-in for each argument, which it may give to a filter as one
    value (a key, a day, a word; no list). So the statement can hold nothing of a request or a person.
    """
    names = inspect.signature(build).parameters

    @cache
    def ready() -> tuple[QuerySet, Any, str, tuple[Any, ...]]:
        rows = build(*(Value(_Slot(name)) for name in names))
        compiler = rows.query.get_compiler(connection=connection)
        return rows, compiler, *compiler.as_sql()

    @wraps(build)
    def ask(*values: Any) -> list[Any]:
        rows, compiler, sql, parameters = ready()
        given = dict(zip(names, values, strict=True))
        filled = tuple(given[p] if isinstance(p, _Slot) else p for p in parameters)
        compiler, rows = copy(compiler), rows.all()
        compiler.as_sql = lambda *args, **kwargs: (sql, filled)
        rows.query.get_compiler = lambda *args, **kwargs: compiler  # type: ignore[method-assign]
        return list(rows)

    return ask
