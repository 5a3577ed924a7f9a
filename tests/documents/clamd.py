"""A scanner for tests: it listens on loopback and speaks the protocol of clamd."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.documents.hostile import EICAR


class _Conversation(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        assert self._take(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!L", self._take(4))[0]:
            content += self._take(size)
        self.server.seen.append(content)
        self.request.sendall(self.server.answer_to(content))

    def _take(self, size: int) -> bytes:
        taken = b""
        while len(taken) < size:
            more = self.request.recv(size - len(taken))
            assert more, "the sender hung up in the middle"
            taken += more
        return taken


class Scanner(socketserver.ThreadingTCPServer):
    """Finds the test text of all scanners; `says` makes it answer something else."""

    daemon_threads = True
    says: bytes | None = None

    def __init__(self) -> None:
        self.seen: list[bytes] = []
        super().__init__(("127.0.0.1", 0), _Conversation)

    def answer_to(self, content: bytes) -> bytes:
        if self.says is not None:
            return self.says
        return b"stream: Eicar-Test FOUND\0" if EICAR in content else b"stream: OK\0"

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


@contextmanager
def running() -> Iterator[Scanner]:
    with Scanner() as scanner:
        thread = threading.Thread(target=scanner.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield scanner
        finally:
            scanner.shutdown()
            thread.join()
