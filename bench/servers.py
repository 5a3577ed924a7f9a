"""The database and the two servers of a run: started for it, and ended with it."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from cms_portal.database import ensure_running, stop
from cms_portal.launch.services import Service
from cms_portal.launch.steps import PROJECT, StepFailed

WORKERS = 2
START_SECONDS = 60


@contextlib.contextmanager
def database(place: Path) -> Iterator[None]:
    """A database server with its data in a folder of its own, for as long as the run lasts."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_AUDITOR_URL", "PORTAL_DB_LOGIN"):
        os.environ.pop(name, None)
    os.environ["PORTAL_PGDATA"] = str(place)
    ensure_running()
    try:
        yield
    finally:
        stop()


def manage(*command: str) -> None:
    """Run one of Django's commands with the settings of the run; its words go to the terminal."""
    subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=PROJECT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings"},
        check=True,
    )


@contextlib.contextmanager
def web(name: str, application: str) -> Iterator[int]:
    """A web server as in production, on a free port of this machine; yields the port."""
    port = _free_port()
    options = ["--workers", str(WORKERS), "--log-level", "warning", "--no-control-socket"]
    service = Service(
        name,
        [
            sys.executable,
            *("-m", "gunicorn", *options, "--bind", f"127.0.0.1:{port}"),
            application,
        ],
        {"DJANGO_SETTINGS_MODULE": "bench.settings"},
    )
    service.start()
    try:
        _wait_for(service, port)
        yield port
    finally:
        service.stop()


def _wait_for(service: Service, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if not service.is_running():
            break
        with contextlib.suppress(OSError, http.client.HTTPException):
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
            with contextlib.closing(link):
                link.request("GET", "/")
                link.getresponse()
                return
        time.sleep(0.1)
    raise StepFailed(f"The {service.name} did not start: {service.last_words()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
