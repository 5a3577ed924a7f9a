"""Whether the server that a data folder names is alive."""

from __future__ import annotations

import os
from pathlib import Path


def postmaster_lives(data: Path) -> bool:
    """Whether a PostgreSQL runs on this data; a zombie, or another program, does not count."""
    pid = postmaster_pid(data)
    if pid is None:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return _is_postgres(pid)


def _is_postgres(pid: int) -> bool:
    """Whether a process is a living PostgreSQL, where the system tells (Linux)."""
    try:
        about = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return not Path("/proc/self").exists()
    name, state = about[about.index("(") + 1 : about.rindex(")")], about[about.rindex(")") + 2]
    return name.startswith("postgres") and state != "Z"


def postmaster_pid(data: Path) -> int | None:
    """The process id in the folder's note, if there is one."""
    try:
        return int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def forget_dead_postmaster(data: Path) -> None:
    """Remove the note of a postmaster that is dead; PostgreSQL itself still guards its memory."""
    if postmaster_pid(data) is not None and not postmaster_lives(data):
        (data / "postmaster.pid").unlink(missing_ok=True)
