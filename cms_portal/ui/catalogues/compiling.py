"""Compiles the catalogues; needs no settings, so set-up can call it before there are any.

python -m cms_portal.ui.catalogues.compiling
"""

from __future__ import annotations

from pathlib import Path

import polib

PROJECT = Path(__file__).resolve().parents[3]
PLACES = ("*/locale/es/LC_MESSAGES/*.po", "*/*/locale/es/LC_MESSAGES/*.po")


def compile_all(folder: Path = PROJECT) -> int:
    """Write the `.mo` beside every catalogue that is newer than it; return how many."""
    stale = [path for path in _catalogues(folder) if _is_stale(path)]
    for path in stale:
        draft = path.with_suffix(".mo.new")
        polib.pofile(str(path)).save_as_mofile(str(draft))
        draft.replace(path.with_suffix(".mo"))
    return len(stale)


def _catalogues(folder: Path) -> list[Path]:
    return sorted(path for place in PLACES for path in folder.glob(place))


def _is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime


if __name__ == "__main__":
    compile_all()
