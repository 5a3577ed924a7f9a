"""Every address that the portal has, and how a table compares with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.access.rules import Page


def addresses() -> dict[str, set[str]]:
    """Return every address of the portal, by name, with the methods its view answers."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, pattern in _patterns(get_resolver().url_patterns, ""):
        found[name] |= methods_of(pattern.callback)
    return dict(found)


def differences(table: list[Page]) -> list[str]:
    """Return how a table differs from the addresses that there are; nothing if it judges each."""
    there, judged = addresses(), [page.name for page in table]
    rules = {page.name: set(page.rules) for page in table}
    found = [f"{name} stands in the table twice" for name in rules if judged.count(name) > 1]
    found += [f"{name} is not judged" for name in there if name not in rules]
    found += [f"{name} does not exist" for name in rules if name not in there]
    for name, methods in there.items():
        if name in rules and rules[name] != methods:
            found.append(f"{name} answers {sorted(methods)}, judged is {sorted(rules[name])}")
    return found


def methods_of(view: Any) -> set[str]:
    """Return GET and POST as far as a view answers them; a function that does not say answers both."""
    view_class = getattr(view, "view_class", None)
    if view_class is None:
        return {"GET", "POST"}
    return {
        method.upper()
        for method in view_class.http_method_names
        if method in ("get", "post") and hasattr(view_class, method)
    }


def _patterns(patterns: Any, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            namespace = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _patterns(pattern.url_patterns, prefix + namespace)
        else:
            yield f"{prefix}{pattern.name or pattern.pattern}", pattern
