"""Asks a clamd service whether a file is harmful, by its INSTREAM command."""

from __future__ import annotations

import socket
import struct
from contextlib import suppress

from django.conf import settings

SECONDS = 30
CHUNK = 64 * 1024
LONGEST_ANSWER = 4096


class ScannerUnavailable(Exception):
    """The scanner did not answer, or not with a verdict; the file has to wait."""


def is_configured() -> bool:
    return bool(settings.FILE_SCANNER)


def is_harmful(content: bytes) -> bool:
    """Return the scanner's verdict; raise ScannerUnavailable when there is none."""
    host, _, port = settings.FILE_SCANNER.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS) as service:
            answer = _ask(service, content)
    except (OSError, ValueError) as error:
        raise ScannerUnavailable(str(error)) from error
    return _verdict(answer)


def _ask(service: socket.socket, content: bytes) -> str:
    # A scanner that has seen enough may hang up before the end; its answer still stands.
    with suppress(BrokenPipeError, ConnectionResetError):
        service.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            chunk = content[start : start + CHUNK]
            service.sendall(struct.pack("!L", len(chunk)) + chunk)
        service.sendall(struct.pack("!L", 0))
    answer = b""
    while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
        more = service.recv(LONGEST_ANSWER)
        if not more:
            break
        answer += more
    return answer.split(b"\0", 1)[0].decode("ascii", "replace").strip()


def _verdict(answer: str) -> bool:
    """Read "stream: OK" or "stream: Some-Name FOUND"; anything else is no verdict."""
    if answer.endswith(" FOUND"):
        return True
    if answer == "stream: OK":
        return False
    raise ScannerUnavailable(f"no verdict: {answer[:80]!r}")
