"""Another site on this machine, to leave for: a real browser with its cache, and no request intercepted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

PAGE = (
    b'<!doctype html><html lang="en"><title>Elsewhere</title>'
    b'<link rel="icon" href="data:,"><h1>Weather</h1>'
)
PATIENCE = 10  # seconds


class Elsewhere:
    """A site about the weather. `held` lets its visitors wait at the door."""

    def __init__(self, address: str):
        self.address = address
        self.referrers: list[str] = []
        self._open = Event()
        self._open.set()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Answer nobody for a while, so that only our own page can change what the screen shows."""
        self._open.clear()
        try:
            yield
        finally:
            self._open.set()

    def wait(self) -> None:
        self._open.wait(PATIENCE)


@contextmanager
def another_site() -> Iterator[Elsewhere]:
    """Serve a page about nothing of ours on a free port."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.referrers.append(self.headers.get("Referer", ""))
            site.wait()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(PAGE)))
            self.end_headers()
            self.wfile.write(PAGE)

        def log_message(self, *arguments: object) -> None:
            """Say nothing: the test asks for what it wants to know."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    # A host of its own, so that it is another site also to the browser.
    site = Elsewhere(f"http://127.0.0.1:{server.server_port}/")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
