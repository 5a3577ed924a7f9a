"""Finds where an app reaches up: by a lookup, or by the reverse side of an upper app's relation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.fields.reverse_related import ForeignObjectRel

from tests.architecture.sources import APPS

# Calls whose keywords, or whose strings, are lookups.
ASKS_BY_KEYWORD = {
    "filter",
    "exclude",
    "get",
    "Q",
    "get_or_create",
    "values",
    "annotate",
    "aggregate",
}
ASKS_BY_STRING = {
    "values", "values_list", "order_by", "only", "defer", "select_related", "prefetch_related",
    "Prefetch", "F", "OuterRef", "Count", "Max", "Min", "Sum", "Exists", "distinct", "earliest", "latest",
    "dates", "Lower", "Coalesce",
}  # fmt: skip
LOOKUP = re.compile(r"-?[a-z][a-z0-9]*(_{1,2}[a-z0-9]+)*")


def rank(module: str) -> int:
    """Return how high an app stands: 0 is the kernel. What is not ours lies below everything."""
    top = module.split(".", maxsplit=1)[0]
    return APPS.index(top) if top in APPS else -1


def reaches_up(source: ast.Module, app: str) -> Iterator[tuple[int, str]]:
    """Yield (line, lookup) wherever this source of an app names a relation of an app above it."""
    height = rank(app)
    for node in ast.walk(source):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
            if called in ASKS_BY_KEYWORD:
                names = [keyword.arg for keyword in node.keywords if keyword.arg]
                yield from ((node.lineno, n) for n in names if crosses(n, height))
            if called in ASKS_BY_STRING:
                yield from ((node.lineno, s) for s in _strings(node) if crosses(s, height))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if "__" in node.value and crosses(node.value, height):
                yield node.lineno, node.value
        elif isinstance(node, ast.Attribute) and node.attr in names_above(height):
            yield node.lineno, f".{node.attr}"


def _strings(call: ast.Call) -> list[str]:
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return [
        one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]


def crosses(lookup: str, height: int) -> bool:
    """Say whether a lookup can only be read through a relation of an app above this height.

    From which model it starts the source does not say, so every model up to this height is tried; one
    from which it stays below clears it.
    """
    if not LOOKUP.fullmatch(lookup):
        return False
    path = lookup.lstrip("-").split("__")
    walks = [_walk(model, path, height) for model in _models_up_to(height)]
    return "up" in walks and "below" not in walks


def _walk(model: type[models.Model], path: list[str], height: int) -> str:
    here: type[models.Model] | None = model
    known = False
    for name in path:
        if here is None or name == "pk":
            break
        try:
            field = here._meta.get_field(name)
        except FieldDoesNotExist:
            break
        known = True
        if isinstance(field, ForeignObjectRel) and rank(field.related_model.__module__) > height:
            return "up"
        here = field.related_model if field.is_relation else None
    return "below" if known else ""


@cache
def _models_up_to(height: int) -> tuple[type[models.Model], ...]:
    found = apps.get_models(include_auto_created=True)
    return tuple(model for model in found if rank(model.__module__) <= height)


@cache
def names_above(height: int) -> frozenset[str]:
    """Return what models up to this height are given from above, unless a model of theirs has it, too."""
    up, own = set(), set()
    for model in _models_up_to(height):
        for field in model._meta.get_fields(include_hidden=True):
            if isinstance(field, ForeignObjectRel):
                is_up = rank(field.related_model.__module__) > height
                accessor = field.get_accessor_name()
                (up if is_up and accessor else own).add(accessor or field.name)
            else:
                own.add(field.name)
    return frozenset(up - own)
