"""What a process that opens a stranger's file does first. It imports no Django."""

from __future__ import annotations

import resource
import sys

# The first byte out says that the process stood ready: what goes wrong afterwards is the file's doing.
READY = b"R"


def stay_small(*, memory_bytes: int, seconds: int) -> None:
    """Let this process take no more memory and time than an honest file needs, and write no file."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def say_ready() -> None:
    sys.stdout.buffer.write(READY)
    sys.stdout.buffer.flush()
