"""Takes pictures of the main pages, in both languages, on a phone and at a desk, from the demo's people.

    python -m tests.browser.pictures FOLDER [NAME …]

It makes a test database of its own, as the tests do, and writes FOLDER/NAME-es-375.png and so on.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import pytest

FOLDER, NAMES = "PORTAL_PICTURES", "PORTAL_PICTURES_ONLY"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.browser.pictures")
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these pages")
    chosen = parser.parse_args()
    os.environ[FOLDER], os.environ[NAMES] = str(chosen.folder.resolve()), " ".join(chosen.names)
    album = str(Path(__file__).with_name("album.py"))
    return int(pytest.main([album, "-q", "--no-header", "--show-capture=no"]))


if __name__ == "__main__":
    sys.exit(main())
