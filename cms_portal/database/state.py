"""What one checkout remembers about its embedded server: port, passwords, data folder."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
ROLES = {"owner": "portal_owner", "app": "portal_app", "auditor": "portal_auditor"}
SUPERUSER = "postgres"
DATABASE = "portal"


def state_folder() -> Path:
    """The folder that holds the embedded server's memory and, as a rule, its data."""
    return Path(os.environ.get("PORTAL_PGDATA") or PROJECT / ".pgdata").absolute()


@dataclass
class ServerState:
    """The embedded server as it was last started."""

    port: int = 0
    data_directory: str = ""
    passwords: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls) -> ServerState:
        """The remembered state, or an empty one before the first set-up."""
        try:
            return cls(**json.loads(_file().read_text()))
        except FileNotFoundError:
            return cls()

    def save(self) -> None:
        """Write the state for this operating-system user alone (mode 0600), in one step."""
        draft = _file().with_suffix(".new")
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as stream:
            json.dump(asdict(self), stream, indent=2)
        draft.replace(_file())

    def make_passwords(self) -> None:
        """Give every login that has none a long random password."""
        for role in (SUPERUSER, *ROLES.values()):
            self.passwords.setdefault(role, secrets.token_urlsafe(24))


def _file() -> Path:
    return state_folder() / "server.json"
