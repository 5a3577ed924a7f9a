"""Starts the portal on a set-up checkout: database, tables, demo data, web and job worker.

python -m cms_portal.launch [--port 8000]
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from cms_portal.database import DatabaseUnavailable, ensure_running, stop
from cms_portal.database.life_cycle import is_idle
from cms_portal.launch.services import keep_running, web, worker
from cms_portal.launch.steps import StepFailed, one_clear_line, run_quietly, say, step

DATABASE_LOOK_SECONDS = 3
ANSWER_SECONDS = 30
HIGHEST_PORT = 65535


class Stopped(Exception):
    """Somebody pressed Ctrl-C, or the machine asks us to end."""


def main() -> None:
    """Serve the portal until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m cms_portal.launch")
    parser.add_argument("--port", default="8000")
    port = parser.parse_args().port
    for request in (signal.SIGINT, signal.SIGTERM):
        signal.signal(request, _stop)
    with one_clear_line(), contextlib.suppress(Stopped):
        serve(_free(port))


def serve(port: int) -> None:
    """Bring everything up, step by step, and keep it up."""
    os.environ["PUBLIC_ADDRESS"] = f"http://localhost:{port}"  # what links in messages begin with
    with _database():
        _manage("Tables", "migrate", PORTAL_DB_LOGIN="owner")
        _manage("Offices", "load_reference_data")
        _manage("Conditions", "load_diagnosis_codes")
        _manage("Demo people", "demo")
        keep_running([web(port), worker()], look_after=_watch(port))


def _manage(name: str, *command: str, **environment: str) -> None:
    with step(name):
        run_quietly(name, [sys.executable, "manage.py", *command], environment)


@contextlib.contextmanager
def _database() -> Iterator[None]:
    """The database, for as long as we serve; one that ran before is left running."""
    try:
        with step("Database"):
            started = ensure_running()
        try:
            yield
        finally:
            if started and is_idle():
                stop()
    except (DatabaseUnavailable, ImproperlyConfigured) as error:
        raise StepFailed(str(error)) from error


def _watch(port: int) -> Callable[[bool], None]:
    """Say once that the portal answers; from then on bring back a database that died."""
    began, announced, looked = time.monotonic(), False, time.monotonic()

    def look(all_well: bool) -> None:
        nonlocal announced, looked
        if not announced and _answers(port):
            say("Server", f"{time.monotonic() - began:.1f} s")
            _announce(port)
            announced = True
        if not all_well or time.monotonic() - looked > DATABASE_LOOK_SECONDS:
            ensure_running()
            looked = time.monotonic()

    return look


def _announce(port: int) -> None:
    sys.stdout.write(
        f"\n  http://localhost:{port}\n\n"
        "  To sign in, choose one of the demo people on the sign-in page; no password is asked.\n"
        "  Ctrl-C stops the portal. Its logs are in .local/logs/.\n\n"
    )
    sys.stdout.flush()


def _answers(port: int) -> bool:
    """Whether a page comes, be it only a redirect; a listening socket alone comes earlier."""
    try:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
        with contextlib.closing(link):
            link.request("GET", "/")
            return bool(link.getresponse().status)
    except (OSError, http.client.HTTPException):
        return False


def _free(given: str) -> int:
    """The port to serve on; raise StepFailed when it is no port, taken, or not ours to use."""
    if not (given.isascii() and given.isdecimal()) or not 0 < int(given) <= HIGHEST_PORT:
        raise StepFailed(f"PORT must be a number from 1 to {HIGHEST_PORT}, not “{given}”.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(given)))
        except PermissionError as error:
            raise StepFailed(f"Port {given} needs more rights. Try: make run PORT=8000") from error
        except OSError as error:
            other = int(given) + 1 if int(given) < HIGHEST_PORT else 8000
            raise StepFailed(
                f"Port {given} is taken by another program. Try: make run PORT={other}"
            ) from error
    return int(given)


def _stop(number: int, frame: Any) -> None:
    # Only once: a second Ctrl-C must not break the orderly end.
    for request in (signal.SIGINT, signal.SIGTERM):
        signal.signal(request, signal.SIG_IGN)
    raise Stopped


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms_portal.settings.dev")
    main()
