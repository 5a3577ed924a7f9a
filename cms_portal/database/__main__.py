"""python -m cms_portal.database start | stop | status | remove | url [--login owner|app|auditor]."""

from __future__ import annotations

import argparse
import sys
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured

from cms_portal.database import (
    DatabaseUnavailable,
    database_settings,
    ensure_running,
    status,
    stop,
)
from cms_portal.database.life_cycle import remove
from cms_portal.database.state import ROLES

NOT_RUNNING = 3  # what pg_ctl answers, too


def main() -> int:
    """Carry out one command; one line on stderr and a non-zero exit when it cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m cms_portal.database")
    parser.add_argument("command", choices=list(COMMANDS))
    parser.add_argument("--login", choices=list(ROLES), default="app")
    chosen = parser.parse_args()
    try:
        return COMMANDS[chosen.command](chosen.login)
    except (DatabaseUnavailable, ImproperlyConfigured) as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _start(login: str) -> int:
    ensure_running()
    return _status(login)


def _stop(login: str) -> int:
    sys.stdout.write("stopped\n" if stop() else "was not running\n")
    return 0


def _remove(login: str) -> int:
    remove()
    sys.stdout.write("removed, with all its data\n")
    return 0


def _status(login: str) -> int:
    line = status()
    sys.stdout.write(f"{line or 'not running'}\n")
    return 0 if line else NOT_RUNNING


def _url(login: str) -> int:
    """Print a URL for psql and the like; it holds the password."""
    login_settings = database_settings(login)
    user, password = (quote(login_settings[key], safe="") for key in ("USER", "PASSWORD"))
    host, port, name = (login_settings[key] for key in ("HOST", "PORT", "NAME"))
    sys.stdout.write(f"postgresql://{user}:{password}@{host}:{port}/{name}\n")
    return 0


COMMANDS = {"start": _start, "stop": _stop, "status": _status, "remove": _remove, "url": _url}

if __name__ == "__main__":
    sys.exit(main())
