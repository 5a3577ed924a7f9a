"""A database server of its own for the tests that kill, stop and break one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from cms_portal.database.life_cycle import remove
from cms_portal.database.state import PROJECT, ServerState


@pytest.fixture
def own_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[SimpleNamespace]:
    """An empty place for a server; `run("start")` asks what a person at a terminal would."""
    place = tmp_path / "pgdata"
    monkeypatch.setenv("PORTAL_PGDATA", str(place))
    for name in ("DATABASE_URL", "PORTAL_PG_BIN", "PORTAL_DB_LOGIN"):
        monkeypatch.delenv(name, raising=False)
    yield SimpleNamespace(place=place, run=run_database, postmaster=postmaster)
    remove()


def run_database(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m cms_portal.database` with the environment of the test."""
    return subprocess.run(
        [sys.executable, "-m", "cms_portal.database", *arguments],
        cwd=PROJECT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )


def postmaster() -> int:
    """The process id of the server."""
    data = Path(ServerState.load().data_directory)
    return int((data / "postmaster.pid").read_text().split()[0])
