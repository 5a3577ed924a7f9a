"""Sets up a checkout: the environment in `.venv/`, the packages, the styles, the browser for tests.

    python3 -m cms_portal.launch.install [--for-tests]

It runs on the machine's own Python, before any package is there, and does what is independent at
the same time. What has not changed since the last time costs nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cms_portal.launch.steps import PROJECT, StepFailed, one_clear_line, run_quietly, step

ENVIRONMENT = PROJECT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
STAMP = ENVIRONMENT / ".portal-installed"
INSTALLER_LOCK = PROJECT / "requirements-setup.txt"
RUNTIME_LOCK = PROJECT / "requirements.txt"
TEST_LOCK = PROJECT / "requirements-dev.txt"


def main() -> None:
    """Set up what running needs, or with `--for-tests` what tests and checks need as well."""
    parser = argparse.ArgumentParser(prog="python3 -m cms_portal.launch.install")
    parser.add_argument("--for-tests", action="store_true")
    chosen = parser.parse_args()
    with one_clear_line(), ThreadPoolExecutor() as together:
        packages = together.submit(
            install_packages, TEST_LOCK if chosen.for_tests else RUNTIME_LOCK
        )
        styles = together.submit(build_styles, sys.executable)
        browser = together.submit(find_browser) if chosen.for_tests else None
        packages.result()
        try:
            styles.result()
        except StepFailed:  # this machine has no Node that will do; one came with the packages
            build_styles(str(PYTHON))
        compile_messages()
        if browser:
            browser.result()


def install_packages(lock: Path) -> None:
    """Bring `.venv/` to what a lock file says, unless it is there already."""
    if _installed().get(lock.name) == _digest(lock):
        return
    with step("Packages"):
        make_environment()
        try:
            install_with_uv(lock)
        except StepFailed:
            pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes"]
            run_quietly("Packages", [*pip, "-r", str(lock)])
        _remember(lock)


def make_environment() -> None:
    """Make `.venv/`, or make it anew when its Python is gone or too old."""
    if _works():
        return
    try:
        run_quietly("Environment", [sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)])
    except StepFailed as failure:
        if "ensurepip" in str(failure) or not _has_ensurepip():
            raise StepFailed(
                "Python came without its venv module. On Debian: apt install python3-venv"
            ) from failure
        raise


def install_with_uv(lock: Path) -> None:
    """Install with uv, which takes a third of pip's time; pip brings uv itself, by its hash."""
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run_quietly("Installer", [*pip, "--require-hashes", "-r", str(INSTALLER_LOCK)])
    uv = [str(PYTHON), "-m", "uv", "pip", "install", "--quiet", "--python", str(PYTHON)]
    run_quietly("Packages", [*uv, "--require-hashes", "-r", str(lock)], {"UV_NO_PROGRESS": "1"})


def build_styles(python: str) -> None:
    """Build the styles into `static_built/`; the build itself skips what has not changed."""
    with step("Styles"):
        run_quietly("Styles", [python, "-m", "cms_portal.ui.build"])


def compile_messages() -> None:
    """Compile the Spanish catalogues, where one is newer than its compiled form."""
    run_quietly("Messages", [str(PYTHON), "-m", "cms_portal.ui.catalogues.compiling"])


def find_browser() -> None:
    """See to it that browser tests have a Chromium."""
    with step("Browser"):
        run_quietly("Browser", [sys.executable, "-m", "tests.browser.chromium"])


def _works() -> bool:
    """Whether `.venv/` has a Python new enough, with pip in it."""
    new_enough = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        return not subprocess.run(
            [PYTHON, "-c", new_enough], check=False, capture_output=True
        ).returncode
    except OSError:
        return False


def _has_ensurepip() -> bool:
    return not subprocess.run(
        [sys.executable, "-c", "import ensurepip"], check=False, capture_output=True
    ).returncode


def _installed() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text()))
    except (OSError, ValueError):
        return {}


def _remember(lock: Path) -> None:
    locks = {RUNTIME_LOCK, lock}  # the lock for tests holds all of the other
    STAMP.write_text(json.dumps({path.name: _digest(path) for path in locks}))


def _digest(path: Path) -> str:
    about_python = os.fsencode(sys.version)
    return hashlib.sha256(path.read_bytes() + about_python).hexdigest()


if __name__ == "__main__":
    main()
