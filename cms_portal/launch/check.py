"""What `make check` asks: lint, types, imports, templates, migrations, translations, rulebooks, locks.

All are asked, two at a time, so that one run shows everything there is to mend.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cms_portal.launch.steps import PROJECT, say

BIN = Path(sys.executable).parent
CHECKS = {
    "Lint": ["ruff", "check", "--quiet", "."],
    "Format": ["ruff", "format", "--quiet", "--check", "."],
    "Imports": ["lint-imports"],
    "Types": ["mypy", "cms_portal", "eligibility", "intake", "clinics", "carecoord"],
    "Templates": ["djlint", "--lint", "--quiet", "templates"],
    "Migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "System": ["python", "manage.py", "check", "--fail-level", "WARNING"],
    "Messages": ["python", "manage.py", "messages", "--check"],
    "Rulebooks": ["python", "manage.py", "check_rulebooks"],
    "Locks": ["python", "-m", "cms_portal.launch.lock", "--check"],
}


def main() -> int:
    """Run every check; print what the failing ones said."""
    with ThreadPoolExecutor(max_workers=2) as together:
        outcomes = list(together.map(_ask, CHECKS))
    return int(not all(outcomes))


def _ask(name: str) -> bool:
    program, *arguments = CHECKS[name]
    done = subprocess.run(
        [str(BIN / program), *arguments],
        cwd=PROJECT,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=False,
    )
    passed = done.returncode == 0
    say(name, "ok" if passed else f"FAILED\n{_indented(done.stdout + done.stderr)}")
    return passed


def _indented(words: str) -> str:
    return re.sub(r"(?m)^", "    ", words.strip())


if __name__ == "__main__":
    sys.exit(main())
