"""Runs what opens a stranger's file in a process of its own, which knows no secret."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from types import ModuleType

from django.conf import settings

from cms_portal.documents.confined import READY


class RoomClosed(RuntimeError):
    """The process that opens files could not start: the file is not to blame, and waits."""


@dataclass(frozen=True)
class Done:
    """How the process ended, and what it wrote."""

    exit_status: int
    output: bytes


def run_apart(room: ModuleType, kind: str, content: bytes, *, seconds: int) -> Done | None:
    """Let a module read a file on its standard input; return None where it takes too long."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            [sys.executable, "-m", room.__name__, kind],
            input=content,
            capture_output=True,
            cwd=settings.BASE_DIR,
            env={"PATH": os.defpath},
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    if not done.stdout.startswith(READY):
        raise RoomClosed(done.stderr.decode(errors="replace")[-500:])
    return Done(done.returncode, done.stdout.removeprefix(READY))
