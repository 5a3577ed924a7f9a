"""Brings the database of a run to its number of children."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path

import psycopg2

from bench.servers import manage
from cms_portal.database import database_settings, ensure_running
from cms_portal.database.life_cycle import remove
from cms_portal.database.state import state_folder
from cms_portal.launch.steps import PROJECT, step


def is_filled(children: int) -> bool:
    """Whether it was filled today, to this number, with the tables of today's migrations."""
    if not _note().exists() or _note().read_text() != _now(children):
        return False
    settings = database_settings("owner")
    try:
        link = psycopg2.connect(
            host=settings["HOST"],
            port=settings["PORT"],
            user=settings["USER"],
            password=settings["PASSWORD"],
            dbname=settings["NAME"],
        )
    except psycopg2.OperationalError:
        return False
    with contextlib.closing(link), link.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM families_child")
        return bool(cursor.fetchone()[0] >= children)


def fill(children: int) -> None:
    """Begin with an empty database: tables, offices, children."""
    _note().unlink(missing_ok=True)
    remove()
    ensure_running()
    with step("Tables"):
        manage("migrate", "--verbosity", "0")
        manage("load_reference_data")
        manage("load_diagnosis_codes")
    with step("Children"):
        manage("seed_scale", "--children", str(children))
    _note().write_text(_now(children))


def _note() -> Path:
    return state_folder() / "filled"


def _now(children: int) -> str:
    """Say what the database would be filled with now."""
    migrations = sorted(
        f"{path.name} {path.stat().st_size}"
        for path in PROJECT.glob("**/migrations/0*.py")
        if ".venv" not in path.parts
    )
    return f"{children} {date.today()} {migrations}"  # noqa: DTZ011 - the machine's own day
