"""What can go wrong with the database before the portal has one, in one sentence each."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator

from cms_portal.database.state import state_folder


class DatabaseUnavailable(Exception):
    """The database cannot be reached or started; the message is one sentence for a person."""


@contextlib.contextmanager
def explained() -> Iterator[None]:
    """Say in one sentence what the operating system refused."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            sentence = f"The disk is full: no room for the database in {state_folder()}."
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            sentence = f"No permission to write the database's folder {state_folder()}."
        else:
            sentence = f"The database could not be started: {error}."
        raise DatabaseUnavailable(sentence) from error


def reason(output: str) -> str:
    """The line of a program's output that says why it failed."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    for line in reversed(lines):
        if any(word in line for word in ("FATAL", "PANIC", "could not", "error:")):
            return line.split("] ", 1)[-1]
    return lines[-1] if lines else "it said nothing"


def last_line(output: str) -> str:
    """The last line of what a program said."""
    lines = output.strip().splitlines()
    return lines[-1].strip() if lines else "it said nothing"
