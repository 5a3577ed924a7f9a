"""Many rows of one kind in one short statement: what they share is said once, the rest by columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, models


def insert_columns(
    model: type[models.Model], *, shared: Mapping[str, Any], each: Mapping[str, Sequence[Any]]
) -> None:
    """Add a row for each place in the columns of `each`; a column named nowhere holds its default.

    Columns are called as Django's `attname`s. For rows that are only added: nothing looks at single
    rows, so there are no signals and no history.
    """
    columns = {
        field.attname: field for field in model._meta.concrete_fields if not field.primary_key
    }
    same = {name: field.get_default() for name, field in columns.items() if name not in each}
    same |= shared
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(columns[name].column)) for name in [*same, *each])
    lists = ", ".join(f"%s::{columns[name].db_type(connection)}[]" for name in each)
    values = ", ".join(["%s"] * len(same))
    statement = (
        f"INSERT INTO {quote(model._meta.db_table)} ({names})"
        f" SELECT {values}, given.* FROM unnest({lists}) AS given"
    )
    prepared = [columns[name].get_db_prep_save(same[name], connection) for name in same]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*prepared, *map(list, each.values())])
