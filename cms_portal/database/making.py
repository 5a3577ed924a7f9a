"""Makes the folder that an embedded server keeps its data in."""

from __future__ import annotations

import locale
import shutil
import tempfile
from pathlib import Path

from cms_portal.database.binaries import Programs, hand_over
from cms_portal.database.errors import DatabaseUnavailable, reason
from cms_portal.database.state import SUPERUSER


def make_cluster(programs: Programs, data: Path, password: str) -> None:
    """Run initdb beside the final place and move it there whole, so that no half cluster stays."""
    draft = data.with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    hand_over(draft)
    with tempfile.NamedTemporaryFile("w", dir=data.parent, prefix=".first-") as secret:
        secret.write(password)
        secret.flush()
        hand_over(Path(secret.name))
        answer = programs.run(
            "initdb",
            f"--pgdata={draft}",
            f"--username={SUPERUSER}",
            f"--pwfile={secret.name}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            f"--locale={_locale()}",
            "--no-sync",
        )
    if answer.returncode:
        shutil.rmtree(draft, ignore_errors=True)
        raise DatabaseUnavailable(f"The database could not be made: {reason(answer.stderr)}")
    draft.rename(data)


def _locale() -> str:
    """C.UTF-8 where the system has it: then `Lower()` and trigrams know letters with accents."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    locale.setlocale(locale.LC_CTYPE, before)
    return "C.UTF-8"
