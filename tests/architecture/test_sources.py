"""What no file of the portal contains, however convenient it would be at the time."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, all_files, name_of, portal_files, tree

LONGEST = 300
LONGER_ON_PURPOSE = {
    "tests/eligibility/test_rulebooks.py": "each fault of a rulebook beside the sentence it gets",
    "tests/notifications/test_mailing.py": "every way a message can go, one after the other",
}
# Our own SQL stands with the database; here it is only asked who owns the tables.
RAW_SQL_MAY_BE_IN = ("cms_portal/database/", "cms_portal/launch/production_checks.py")
RAW_SQL = {"execute", "executemany", "copy_expert", "callproc", "raw", "extra"}
RAW_CLASSES = {"RawSQL", "psycopg2"}
UNESCAPED = {"mark_safe", "SafeString", "SafeText", "SafeData"}
TOO_BROAD = {"Exception", "BaseException"}
SAFE_FILTER = re.compile(r"\|\s*safe(seq)?\b")


def raw_sql(source: ast.Module) -> Iterator[int]:
    """Yield the lines that speak SQL around the ORM."""
    for node in ast.walk(source):
        if isinstance(node, ast.Call) and _called(node) in RAW_SQL | RAW_CLASSES:
            yield node.lineno
        if isinstance(node, ast.Import) and any(a.name in RAW_CLASSES for a in node.names):
            yield node.lineno
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in RAW_CLASSES:
            yield node.lineno


def broad_excepts(source: ast.Module) -> Iterator[int]:
    """Yield the lines that catch whatever goes wrong, also what nobody thought of."""
    for node in ast.walk(source):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(one is None or getattr(one, "id", "") in TOO_BROAD for one in caught):
                yield node.lineno


def unescaped_words(source: ast.Module) -> Iterator[int]:
    """Yield the lines that call text safe for a page which the page would have escaped."""
    for node in ast.walk(source):
        if isinstance(node, ast.Call):
            is_built = _called(node) in ("format_html", "format_html_join") and not all(
                isinstance(one, ast.Constant) for one in node.args[:1]
            )
            if _called(node) in UNESCAPED or is_built:
                yield node.lineno


def overridden_saves(source: ast.Module) -> Iterator[int]:
    """Yield the lines on which a model saves or deletes in a way of its own, or a signal listens."""
    for node in ast.walk(source):
        if isinstance(node, ast.ClassDef) and any("Model" in ast.unparse(b) for b in node.bases):
            for own in node.body:
                if isinstance(own, ast.FunctionDef) and own.name in ("save", "delete"):
                    yield own.lineno
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and _called(decorator) == "receiver":
                    yield node.lineno


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")


RULES = {
    "raw SQL": raw_sql,
    "a broad except": broad_excepts,
    "unescaped words": unescaped_words,
    "an overridden save": overridden_saves,
}


def _files_for(rule: str) -> list[Path]:
    if rule != "raw SQL":
        return list(portal_files())
    return [path for path in portal_files() if not name_of(path).startswith(RAW_SQL_MAY_BE_IN)]


@pytest.mark.parametrize("rule", RULES)
def test_no_file_of_the_portal_contains(rule):
    files = _files_for(rule)
    found = [f"{name_of(path)}:{line}" for path in files for line in RULES[rule](tree(path))]

    assert found == []
    assert len(files) > 200


@pytest.mark.parametrize(
    ("rule", "planted"),
    [
        ("raw SQL", "cursor.execute('SELECT 1')"),
        ("raw SQL", "Child.objects.raw('SELECT 1')"),
        ("raw SQL", "rows.annotate(x=RawSQL('1', []))"),
        ("raw SQL", "rows.extra(where=['1=1'])"),
        ("raw SQL", "from psycopg2 import sql"),
        ("a broad except", "try:\n    x()\nexcept Exception:\n    pass"),
        ("a broad except", "try:\n    x()\nexcept:\n    pass"),
        ("a broad except", "try:\n    x()\nexcept (ValueError, BaseException):\n    pass"),
        ("unescaped words", "mark_safe(name)"),
        ("unescaped words", "format_html(f'<b>{name}</b>')"),
        ("an overridden save", "class A(models.Model):\n    def save(self):\n        pass"),
        ("an overridden save", "@receiver(post_save)\ndef f():\n    pass"),
    ],
)
def test_a_planted_line_is_found(rule, planted):
    assert list(RULES[rule](ast.parse(planted)))


def test_what_is_caught_exactly_or_built_from_a_constant_is_fine():
    fine = ast.parse(
        "try:\n    format_html('<b>{}</b>', name)\nexcept (ValueError, OSError):\n    x()"
    )

    assert [line for rule in RULES.values() for line in rule(fine)] == []


def test_no_template_of_any_kind_passes_words_on_unescaped():
    templates = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]

    assert [name_of(p) for p in templates if SAFE_FILTER.search(p.read_text())] == []
    assert len(templates) > 100
    assert SAFE_FILTER.search("{{ name|" + "safe }}")


def too_long(lengths: dict[str, int]) -> list[str]:
    return [f"{name}: {lines} lines" for name, lines in lengths.items() if lines > LONGEST]


def test_files_are_short_enough_to_read_at_one_sitting():
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in all_files()}
    found = {line.split(":")[0]: line for line in too_long(lengths)}

    assert [line for name, line in found.items() if name not in LONGER_ON_PURPOSE] == []
    assert set(LONGER_ON_PURPOSE) <= set(found), "short again: take it off the list"
    assert too_long({"planted.py": LONGEST + 1}) == ["planted.py: 301 lines"]
