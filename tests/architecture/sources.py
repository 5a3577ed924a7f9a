"""The portal's own source files, each read once."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR
# In the order of the imports: each may use what stands before it.
APPS = ("cms_portal", "eligibility", "intake", "clinics", "carecoord")
# Files that a program writes.
WRITTEN_BY_DJANGO = "migrations"


@cache
def portal_files() -> tuple[Path, ...]:
    """Return every Python file that serves families and staff."""
    found = (path for app in APPS for path in sorted((ROOT / app).rglob("*.py")))
    return tuple(path for path in found if WRITTEN_BY_DJANGO not in path.parts)


@cache
def all_files() -> tuple[Path, ...]:
    """Return the portal's files, its tests and its measurements."""
    found = (
        path for folder in ("tests", "bench") for path in sorted((ROOT / folder).rglob("*.py"))
    )
    return portal_files() + tuple(found)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))
