"""Takes a picture of each page of every letter, in both languages, full and plain.

    python -m tests.notifications.letter_pictures FOLDER [KEY …]

It makes a test database of its own, as the tests do, and writes FOLDER/intake-welcome-es-1.png and so on.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import pytest

FOLDER, KEYS = "PORTAL_LETTERS", "PORTAL_LETTERS_ONLY"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.notifications.letter_pictures")
    parser.add_argument("folder", type=Path)
    parser.add_argument("keys", nargs="*", metavar="KEY", help="only these letters")
    chosen = parser.parse_args()
    os.environ[FOLDER], os.environ[KEYS] = str(chosen.folder.resolve()), " ".join(chosen.keys)
    album = str(Path(__file__).with_name("letter_album.py"))
    return int(pytest.main([album, "-q", "--no-header", "--show-capture=no"]))


if __name__ == "__main__":
    sys.exit(main())
