"""Sending legitimate forms with every id in them swapped for one of another family, and what that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, models

from cms_portal.audit.models import AccessEvent
from cms_portal.families.models import Child, Household
from tests.access.answers import form_fields
from tests.access.asking import Asked
from tests.access.meter import undone
from tests.access.objects import arguments_of
from tests.access.rules import FAMILY, STAFF
from tests.access.walk import Walker

_IS_ID = re.compile(r"^\d+$|^[0-9a-f]{8}-[0-9a-f-]{27}$|^[0-9A-Z]{4}-[0-9A-Z]{4}$")
Digest = dict[str, dict[str, Any]]


@dataclass
class Swapped:
    """How many forms were sent with foreign ids, how many ids, and the foreign rows that changed."""

    changed: list[str] = field(default_factory=list)
    pages: set[str] = field(default_factory=set)
    posts: int = 0
    ids: int = 0


class Family:
    """The rows about one child and home: those two, and whatever points to them, however far."""

    def __init__(self, child: Child, household: Household):
        self.starts = {Child: {child.pk}, Household: {household.pk}}

    def keys(self) -> dict[type[models.Model], set[Any]]:
        """Return the key of each row about the family, by model."""
        found: dict[type[models.Model], set[Any]] = {
            m: set(keys) for m, keys in self.starts.items()
        }
        news = {model: set(keys) for model, keys in found.items()}
        while news:
            model, keys = news.popitem()
            for column in _pointing_to(model):
                rows = column.model._default_manager.filter(**{f"{column.name}__in": keys})
                more = set(rows.values_list("pk", flat=True)) - found.get(column.model, set())
                if more:
                    found.setdefault(column.model, set()).update(more)
                    news.setdefault(column.model, set()).update(more)
        return found

    def digest(self) -> Digest:
        """Return every row about the family, by table and key."""
        return {
            model._meta.db_table: _rows(model, keys)
            for model, keys in self.keys().items()
            if model is not AccessEvent
        }


def _pointing_to(model: type[models.Model]) -> Iterator[models.ForeignKey]:
    for one in apps.get_models():
        if one._meta.managed and not hasattr(one, "history_object"):
            for column in one._meta.concrete_fields:
                if isinstance(column, models.ForeignKey) and column.related_model is model:
                    yield column


def _rows(model: type[models.Model], keys: set[Any]) -> dict[str, Any]:
    key = model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT t."{key}"::text, row_to_json(t) FROM "{model._meta.db_table}" t'
            f' WHERE t."{key}" = ANY(%s)',
            [list(keys)],
        )
        return dict(cursor.fetchall())


def try_swapped_ids(walker: Walker, foreign: Any) -> Swapped:
    """Send each legitimate POST once as a family and once as staff, its ids swapped for each foreign one."""
    walker.make_everything()
    swapped, family = Swapped(), Family(foreign.child, foreign.household)
    for page in walker.table:
        questions = list(walker.questions(page, "POST")) if page.post else []
        for people in (FAMILY, STAFF):
            own = (q for q in questions if q.is_allowed and q.persona in people)
            asked = next((q for q in own if q.case != foreign.name), None)
            if asked is not None:
                _try(walker, asked, foreign, family, swapped)
    return swapped


def _try(walker: Walker, asked: Asked, foreign: Any, family: Family, swapped: Swapped) -> None:
    page = walker.browser(asked).ask("GET", asked.url)
    shown = form_fields(page) if page.status_code == 200 else {}
    data = shown | walker.data(asked, asked.rule)
    ids = [name for name, value in data.items() if _is_id(name, value)]
    before = family.digest()
    swapped.pages.add(asked.page.name)
    for url, body in _hostile(asked, foreign, data, ids, family):
        swapped.posts += 1
        swapped.ids += len(ids)
        with undone():
            walker.browser(asked).ask("POST", url, body)
            after = family.digest()
        swapped.changed += [f"{asked}: {what}" for what in _differences(before, after)]


def _is_id(name: str, value: Any) -> bool:
    if name.endswith(("-TOTAL_FORMS", "-INITIAL_FORMS")) or name == "csrfmiddlewaretoken":
        return False
    return isinstance(value, str) and bool(_IS_ID.match(value))


def _hostile(
    asked: Asked, foreign: Any, data: dict[str, Any], ids: list[str], family: Family
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the address with each second key of a foreign thing, and the form with each foreign key."""
    theirs = arguments_of(asked.page.about, foreign) if asked.page.about else None
    for name in list(asked.arguments)[1:] if theirs else []:
        mixed = {**asked.arguments, name: theirs[name]}  # type: ignore[index]
        yield Asked(asked.page, "POST", asked.rule, asked.persona, asked.case, mixed).url, data
    if ids:
        for key in sorted({min(keys) for keys in family.keys().values() if keys}, key=str):
            yield asked.url, data | dict.fromkeys(ids, str(key))


def _differences(before: Digest, after: Digest) -> Iterator[str]:
    for table in before.keys() | after.keys():
        was, now = before.get(table, {}), after.get(table, {})
        for key in was.keys() | now.keys():
            if was.get(key) != now.get(key):
                verb = "is new" if key not in was else "is gone" if key not in now else "changed"
                yield f"{table} {key} {verb}"
