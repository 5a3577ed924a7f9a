"""The secret of one checkout, made once and kept out of the repository."""

import secrets
from pathlib import Path


def local_secret(path: Path) -> str:
    """Return the secret in `path`, making it (mode 0600) the first time."""
    try:
        return path.read_text()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
        return path.read_text()
