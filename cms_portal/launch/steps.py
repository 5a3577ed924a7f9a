"""The short lines that tell a person at a terminal how far a start has come."""

from __future__ import annotations

import contextlib
import errno
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
LOGS = PROJECT / ".local" / "logs"


class StepFailed(Exception):
    """A start cannot go on; the message is one line for the person at the terminal."""


@contextlib.contextmanager
def step(name: str) -> Iterator[None]:
    """Say that a step is done and how long it took."""
    began = time.monotonic()
    yield
    say(name, f"{time.monotonic() - began:.1f} s")


def say(name: str, what: str) -> None:
    """Write one progress line."""
    sys.stdout.write(f"  {name:<14} {what}\n")
    sys.stdout.flush()


def run_quietly(
    name: str, command: list[str], environment: Mapping[str, str] | None = None
) -> None:
    """Run a command with its words in a log; raise StepFailed with the line that matters."""
    log = log_of(name)
    with log.open("w") as words:
        done = subprocess.run(
            command,
            cwd=PROJECT,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        raise StepFailed(f"{name}: {reason(log.read_text(errors='replace'))}")


def log_of(name: str) -> Path:
    """The file that keeps the words of a step or service."""
    LOGS.mkdir(parents=True, exist_ok=True)
    return LOGS / f"{name.lower().replace(' ', '-')}.log"


def reason(words: str) -> str:
    """The line of a failed command's output that says why."""
    if "No space left on device" in words or "os error 28" in words:
        return "the disk is full."
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    telling = [line for line in lines if line.lower().lstrip("× ").startswith(("error", "fatal"))]
    return (telling or lines or ["it failed and said nothing."])[-1]


@contextlib.contextmanager
def one_clear_line() -> Iterator[None]:
    """End the process with one line on stderr for what a person can mend: disk, rights, network."""
    try:
        yield
    except StepFailed as failure:
        sys.exit(str(failure))
    except OSError as error:
        sys.exit(_sentence(error))


def _sentence(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    if error.errno == errno.ENOSPC:
        return f"The disk is full{where}."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"No permission to write here{where}."
    return f"{error.strerror or error}{where}."
