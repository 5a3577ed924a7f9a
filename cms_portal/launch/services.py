"""Keeps the web server and the job worker running together, and stops them together."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cms_portal.launch.steps import PROJECT, StepFailed, log_of, reason

STOP_SECONDS = 15
# A service that ends so soon after its start, so often in a row, will not come up.
SOON_SECONDS, TRIES = 5, 3
LOOK_SECONDS = 0.3


@dataclass
class Service:
    """One process that should always run."""

    name: str
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    failures: int = 0

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches it through us and in order."""
        self.began = time.monotonic()
        with log_of(self.name).open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=PROJECT,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def is_running(self) -> bool:
        """Whether it runs now."""
        return self.process is not None and self.process.poll() is None

    def revive(self) -> None:
        """Start it again if it ended; raise StepFailed when it cannot be kept running."""
        if self.is_running():
            return
        self.failures = self.failures + 1 if time.monotonic() - self.began < SOON_SECONDS else 1
        if self.failures >= TRIES:
            raise StepFailed(f"The {self.name} stopped: {self.last_words()}")
        self._end_orphans()
        self.start()

    def stop(self) -> None:
        """Ask it to finish what it is doing; after a while, end it."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._end_orphans()

    def _end_orphans(self) -> None:
        """End what a killed process had started; it would hold the port for some time."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def last_words(self) -> str:
        """The line of its log that says why it ended."""
        return reason(log_of(self.name).read_text(errors="replace")[-5000:])


def web(port: int) -> Service:
    """The web server: gunicorn, as in production, for this machine alone."""
    options = ["--workers", "2", "--log-level", "warning", "--graceful-timeout", "5"]
    where = ["--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    return Service(
        "web server", [sys.executable, "-m", "gunicorn", *options, *where, "cms_portal.wsgi"]
    )


def worker() -> Service:
    """The job worker, which sends what the web has queued."""
    return Service("job worker", [sys.executable, "manage.py", "run_jobs"])


def keep_running(services: list[Service], look_after: Callable[[bool], None]) -> None:
    """Keep services running until a signal raises out of here; then stop them, last one first.

    `look_after` is called again and again, with whether all services run.
    """
    try:
        for service in services:
            service.start()
        while True:
            look_after(all(service.is_running() for service in services))
            for service in services:
                service.revive()
            time.sleep(LOOK_SECONDS)
    finally:
        for service in reversed(services):
            service.stop()
