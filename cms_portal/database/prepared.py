"""Questions that every request asks: their statement is put together once for the process."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Value


class _Slot(str):
    """Stands in a statement for the value of one argument."""


def prepared(build: Callable[..., QuerySet]) -> Callable[..., list[tuple[Any, ...]]]:
    """Ask what `build` returns with `values_list`; only the values of its arguments are filled in anew.

    `build` is called once, with a stand-in for each argument, which it may give to a filter as one
    value. So the statement can hold nothing of a request or a person. What the database answers is
    returned as it is: a column that Django would convert raises TypeError.
    """
    names = inspect.signature(build).parameters

    @cache
    def statement() -> tuple[str, tuple[Any, ...]]:
        query = build(*(Value(_Slot(name)) for name in names)).query
        compiler = query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        if compiler.get_converters(expression for expression, *_ in compiler.select):
            raise TypeError(f"{build.__qualname__} asks for a column that Django converts.")
        return sql, parameters

    @wraps(build)
    def ask(*values: Any) -> list[tuple[Any, ...]]:
        sql, parameters = statement()
        given = dict(zip(names, values, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(sql, [given[p] if isinstance(p, _Slot) else p for p in parameters])
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    return ask
