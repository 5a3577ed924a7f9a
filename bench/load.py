"""A small, frugal HTTP client: a few connections at a time, one request each, on 127.0.0.1."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from bench.cost import CPU, QUERIES, WALL

AT_ONCE = 4
LARGEST_READ = 1 << 18
LONGEST_WAIT = 30


@dataclass(frozen=True)
class Request:
    """One request, as the bytes that go over the wire."""

    text: bytes

    @classmethod
    def get(cls, path: str, cookies: str = "") -> Request:
        return cls(_head("GET", path, cookies) + b"\r\n")

    @classmethod
    def post(cls, path: str, body: str, cookies: str = "") -> Request:
        sent = body.encode()
        form = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(sent)}\r\n"
        return cls(_head("POST", path, cookies) + form.encode() + b"\r\n" + sent)


def _head(method: str, path: str, cookies: str) -> bytes:
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Accept-Encoding: gzip, deflate, br",
        "Accept-Language: en",
        "Connection: close",
        *([f"Cookie: {cookies}"] if cookies else []),
    ]
    return ("\r\n".join(lines) + "\r\n").encode()


@dataclass
class Answer:
    """What came back: the status, the bytes of the body as sent, and what the server said it cost."""

    status: int
    body_bytes: int
    queries: int
    wall: float
    cpu: float
    location: str = ""

    @classmethod
    def read(cls, raw: bytes) -> Answer:
        head, _, body = raw.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines)
        return cls(
            status=int(first.split(" ", 2)[1]),
            body_bytes=len(body),
            queries=int(headers[QUERIES]),
            wall=int(headers[WALL]) / 1000,
            cpu=int(headers[CPU]) / 1000,
            location=headers.get("Location", ""),
        )


@dataclass
class Slice:
    """A stretch of load: what was answered, and how long it took in all (seconds)."""

    answers: list[Answer] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.answers) / self.seconds


class Client:
    """Sends requests to one port of this machine."""

    def __init__(self, port: int):
        self.port = port

    def once(self, request: Request) -> Answer:
        """Send one request and wait for its answer."""
        return self.run(iter([request]), seconds=LONGEST_WAIT, most=1).answers[0]

    def run(self, requests: Iterator[Request], *, seconds: float, most: int) -> Slice:
        """Keep a few requests under way for so many seconds, or until so many were answered."""
        waiting = islice(requests, most)
        found, began = Slice(), time.perf_counter()
        with selectors.DefaultSelector() as selector:
            under_way = sum(self._send(selector, waiting) for _ in range(AT_ONCE))
            while under_way:
                ready = selector.select(LONGEST_WAIT)
                if not ready:
                    raise TimeoutError("The server does not answer.")
                for key, _events in ready:
                    raw = _read_on(key)
                    if raw is None:
                        continue
                    selector.unregister(key.fileobj)
                    found.answers.append(Answer.read(raw))
                    in_time = time.perf_counter() - began < seconds
                    under_way += (in_time and self._send(selector, waiting)) - 1
        found.seconds = time.perf_counter() - began
        return found

    def _send(self, selector: selectors.BaseSelector, waiting: Iterator[Request]) -> bool:
        request = next(waiting, None)
        if request is None:
            return False
        link = socket.create_connection(("127.0.0.1", self.port), timeout=LONGEST_WAIT)
        link.sendall(request.text)
        selector.register(link, selectors.EVENT_READ, [])
        return True


def _read_on(key: selectors.SelectorKey) -> bytes | None:
    """Read what has come; return the whole answer once the server has closed."""
    link: socket.socket = key.fileobj  # type: ignore[assignment]
    part = link.recv(LARGEST_READ)
    key.data.append(part)
    if part:
        return None
    link.close()
    return b"".join(key.data)
