"""Which files belong to which catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps

PROJECT = Path(__file__).resolve().parents[3]
TEMPLATES = PROJECT / "templates"
TEMPLATE_SUFFIXES = {".html", ".txt", ".typ", ".xml", ".svg"}
# The area of what belongs to no app: base templates, components, settings.
REST = "ui"


@dataclass(frozen=True)
class Area:
    """An app with a catalogue of its own."""

    label: str
    folder: Path

    @property
    def catalogue(self) -> Path:
        return self.folder / "locale" / "es" / "LC_MESSAGES" / "django.po"

    def python_files(self) -> Iterator[Path]:
        """Its own Python files; for the area of the rest also the kernel's loose ones."""
        for folder in [self.folder, *([self.folder.parent] if self.label == REST else [])]:
            for path in sorted(folder.rglob("*.py")):
                if "migrations" not in path.parts and _owner(path) in (self, None):
                    yield path

    def templates(self) -> Iterator[Path]:
        """The templates in its folder, or for the area of the rest all outside any app's."""
        labels = {area.label for area in areas()} - {REST}
        for path in sorted(TEMPLATES.rglob("*")):
            top = path.relative_to(TEMPLATES).parts[0]
            if path.suffix in TEMPLATE_SUFFIXES and self.label == (top if top in labels else REST):
                yield path


@cache
def areas() -> tuple[Area, ...]:
    """The project's own apps, in the order of their names."""
    found = (Area(config.label, Path(config.path)) for config in apps.get_app_configs())
    own = [area for area in found if PROJECT in area.folder.parents and not _installed(area.folder)]
    return tuple(sorted(own, key=lambda area: area.label))


def _installed(folder: Path) -> bool:
    return "site-packages" in folder.parts


def _owner(path: Path) -> Area | None:
    return next((area for area in areas() if area.folder in path.parents), None)
