"""Sending with a form what it does not show, the name of every column behind it, and what that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, models

from cms_portal.audit.models import Evidence
from tests.access.answers import field_names
from tests.access.asking import Asked
from tests.access.meter import Meter, undone
from tests.access.rules import FAMILY, STAFF
from tests.access.walk import LOOKING_WRITES, Walker

# What a sender would most like to set, whatever the page writes to.
WANTED = [
    *("id", "pk", "status", "state", "kind", "role", "program", "office", "region", "number"),
    *("by", "owner", "worker", "user", "child", "household", "guardian", "starts_on", "ends_on"),
    *(
        "started_by",
        "submitted_by",
        "decided_by",
        "decided_at",
        "signed_by",
        "signed_at",
        "outcome",
    ),
    *("is_active", "is_staff", "is_superuser", "may_sign", "may_see_sensitive"),
]
FIELDS_AT_ONCE = 600
TEXT, DAY, NUMBER = "zqhostile", "1999-09-09", "987654"
# A PDF is set anew each time, and now and then another byte of it differs.
OF_NEW_FILES = {"sha256", "size"}
_PREFIX = re.compile(r"^(.+-\d+-|[\w-]+-)(?=\w+$)")
Rows = dict[str, list[dict[str, Any]]]


@dataclass
class Tried:
    """What extra fields were sent to, and what they changed."""

    changed: list[str] = field(default_factory=list)
    pages: set[str] = field(default_factory=set)
    fields: int = 0


def try_extra_fields(walker: Walker) -> Tried:
    """Send each legitimate POST as a family and as staff, then again with every column's name."""
    tried = Tried()
    for page in walker.table:
        for people in (FAMILY, STAFF) if page.post else ():
            asked = walker.an_allowed(page, "POST", people)
            if asked is not None:
                _try(walker, asked, tried)
    return tried


def _try(walker: Walker, asked: Asked, tried: Tried) -> None:
    tables = _tables(walker, asked)
    if not tables:
        return
    before = _rows(tables)
    plain, again = (_changes(walker, asked, before, {}) for _n in range(2))
    extra = _extra_fields(walker, asked, plain)
    tried.pages.add(asked.page.name)
    tried.fields += len(extra)
    for part in _parts(extra):
        hostile = _changes(walker, asked, before, part)
        if wider := _tables(walker, asked, part) - tables:
            tried.changed.append(f"{asked}: wrote to {sorted(wider)}")
        tried.changed += [f"{asked}: {what}" for what in _differences(plain, again, hostile, part)]


def _parts(extra: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the fields in parts: a page with more than a thousand is refused before any is read."""
    names = list(extra)
    for first in range(0, len(names), FIELDS_AT_ONCE):
        yield {name: extra[name] for name in names[first : first + FIELDS_AT_ONCE]}


def _post(walker: Walker, asked: Asked, extra: dict[str, Any]) -> None:
    data = walker.data(asked, asked.rule)
    walker.browser(asked).ask("POST", asked.url, extra | data)


def _tables(walker: Walker, asked: Asked, extra: dict[str, Any] | None = None) -> set[str]:
    """Return the tables of models that a POST writes to."""
    meter = Meter()
    with undone():
        _post(walker, asked, extra or {})
        return (meter.wrote() - LOOKING_WRITES) & set(_models())


def _changes(walker: Walker, asked: Asked, before: Rows, extra: dict[str, Any]) -> Rows:
    """Return the rows that a POST makes or changes, table by table."""
    with undone():
        _post(walker, asked, extra)
        after = _rows(set(before))
    return {name: [row for row in rows if row not in before[name]] for name, rows in after.items()}


def _rows(tables: set[str]) -> Rows:
    found: Rows = {}
    with connection.cursor() as cursor:
        for name in tables:
            key = _models()[name]._meta.pk.column
            cursor.execute(f'SELECT row_to_json(t) FROM "{name}" t ORDER BY t."{key}"')
            found[name] = [row for (row,) in cursor.fetchall()]
    return found


def _differences(plain: Rows, again: Rows, hostile: Rows, sent: dict[str, Any]) -> list[str]:
    """Compare the rows of a POST with those of the same POST and more; what differs anyway is passed over.

    Even there, what was sent may not stand: two plain POSTs give a new row two numbers, and neither is
    the one that was asked for.
    """
    found = []
    for table, rows in plain.items():
        if len(rows) != len(hostile[table]):
            found.append(f"{len(hostile[table])} rows of {table}, not {len(rows)}")
            continue
        for one, two, three in zip(rows, again[table], hostile[table], strict=False):
            for column, value in three.items():
                differs_anyway = one[column] != two[column] or column in OF_NEW_FILES
                if value != one[column] and (not differs_anyway or str(value) == sent.get(column)):
                    found.append(f"{table}.{column} became {value!r}, not {one[column]!r}")
    return found


def _extra_fields(walker: Walker, asked: Asked, plain: Rows) -> dict[str, Any]:
    """Return every column behind a form by its name, plain and with each of the form's prefixes."""
    data = walker.data(asked, asked.rule)
    shown = set(data) | _shown(walker, asked)
    values = dict.fromkeys(WANTED, NUMBER)
    for table, rows in plain.items():
        model = _models()[table]
        for one in getattr(model, "tracked_fields", model._meta.concrete_fields):
            value = _hostile(one, rows[-1].get(one.column) if rows else None)
            values |= {one.name: value, one.attname: value}
    prefixes = {""} | {found.group(1) for name in data if (found := _PREFIX.match(name))}
    return {
        f"{prefix}{name}": value
        for prefix in sorted(prefixes)
        for name, value in values.items()
        if not any(
            seen == f"{prefix}{name}" or seen.startswith(f"{prefix}{name}_") for seen in shown
        )
    }


def _shown(walker: Walker, asked: Asked) -> set[str]:
    """Return the names of the fields on the page whose form this is."""
    with undone():
        page = walker.browser(asked).ask("GET", asked.url)
    return field_names(page) if page.status_code == 200 else set()


def _hostile(one: models.Field, value: Any) -> str:
    """Return a value that the column would take, and does not have."""
    if one.is_relation and one.related_model:
        other = one.related_model._base_manager.exclude(pk=value).order_by("-pk").first()
        return str(other.pk if other else NUMBER)
    if one.choices:
        return next((str(key) for key, _words in one.flatchoices if key != value), TEXT)
    if isinstance(one, models.BooleanField):
        return "" if value else "true"
    if isinstance(one, models.DateField):
        return f"{DAY}T09:09:09" if isinstance(one, models.DateTimeField) else DAY
    return NUMBER if isinstance(one, models.IntegerField) else TEXT


def _models() -> dict[str, Any]:
    """Return the models by table, without the evidence, which this login may not read."""
    return {model._meta.db_table: model for model in apps.get_models() if model is not Evidence}
