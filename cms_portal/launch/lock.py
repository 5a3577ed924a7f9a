"""Writes the lock files, and says whether what they hold may be committed.

    python -m cms_portal.launch.lock [--check]

Locks carry hashes and no address of a registry; psycopg 3 stays out, because Django would
silently prefer it to psycopg2.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from cms_portal.launch.steps import PROJECT, one_clear_line, run_quietly, step

LOCKS = ("requirements-setup", "requirements", "requirements-dev")
STYLES_LOCK = "package-lock.json"
UNWANTED = re.compile(r"(?m)^psycopg(-binary|-c|-pool)?==.*$")
ADDRESS = re.compile(r"(?m)^.*(https?://|index-url|find-links|trusted-host).*$")
# npm notes where a project asks for donations; that is no registry.
HARMLESS = re.compile(r"\"(url|funding)\":|opencollective|github\.com/sponsors")


def main() -> int:
    """Write the locks, or with `--check` name what must not be in them."""
    if "--check" not in sys.argv:
        with one_clear_line():
            _write()
    faults = list(find_faults(PROJECT))
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    return int(bool(faults))


def find_faults(folder: Path) -> list[str]:
    """One line for each thing in a folder's locks that must not be there."""
    faults = []
    for path in [*(folder / f"{name}.txt" for name in LOCKS), folder / STYLES_LOCK]:
        words = path.read_text()
        faults += [f"{path.name}: {found[0]}: psycopg 3" for found in UNWANTED.finditer(words)]
        faults += [
            f"{path.name}: an address: {found[0].strip()}"
            for found in ADDRESS.finditer(words)
            if not HARMLESS.search(found[0])
        ]
        if path.suffix == ".txt":
            faults += [f"{path.name}: {name} has no hash" for name in _without_hash(words)]
    return faults


def _write() -> None:
    uv = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--no-header"]
    for name in LOCKS:
        with step(name):
            options = ["--generate-hashes", f"{name}.in", "--output-file", f"{name}.txt"]
            run_quietly("Lock", [*uv, "--python-version", "3.11", *options])
    with step("package-lock"):
        run_quietly("Lock", ["npm", "install", "--package-lock-only", "--ignore-scripts"])


def _without_hash(words: str) -> list[str]:
    return re.findall(r"(?m)^([\w.\[\]-]+==\S+)(?: ;.*[^\\])?$", words)


if __name__ == "__main__":
    sys.exit(main())
