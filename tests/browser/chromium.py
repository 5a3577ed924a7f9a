"""Finds the machine's Chromium for browser tests, and on Debian installs it.

Run as `python3 -m tests.browser.chromium`. It never downloads a browser build of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

DEBIAN = Path("/etc/debian_version")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # Whatever else a page asks for is not there.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
REMEDY = "Browser tests need Chromium: install the package chromium (or Google Chrome)."


class NoBrowser(Exception):
    """There is no Chromium here; the message says in one line what to install."""


def chromium_path() -> str:
    """The path of the machine's Chromium; raise NoBrowser where there is none."""
    chosen = os.environ.get("PORTAL_CHROMIUM")
    found = filter(None, [chosen, *map(shutil.which, NAMES), *filter(os.path.exists, APPLICATIONS)])
    for path in found:
        return path
    raise NoBrowser(REMEDY)


def install_where_possible() -> str:
    """Return the path of Chromium, installing it first on Debian when root asks."""
    try:
        return chromium_path()
    except NoBrowser:
        if not (DEBIAN.exists() and shutil.which("apt-get")) or os.geteuid():
            raise
    apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run([*apt, *command], env=environment, check=False, stdout=sys.stderr)
    return chromium_path()


if __name__ == "__main__":
    try:
        install_where_possible()
    except NoBrowser as missing:
        sys.exit(f"error: {missing}")
