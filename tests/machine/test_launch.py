"""The portal starts whole, stays up, and stops whole; what hinders it is one line."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from cms_portal.database.life_cycle import status
from cms_portal.database.state import PROJECT
from cms_portal.launch import services, steps
from cms_portal.launch.services import Service, keep_running
from cms_portal.launch.steps import StepFailed

PATIENCE = 180  # seconds
T = TypeVar("T")
DEVELOPER = {"DJANGO_SETTINGS_MODULE": "cms_portal.settings.dev"}


class Enough(Exception):
    """The test has seen what it came for."""


@pytest.fixture(autouse=True)
def logs(tmp_path, monkeypatch):
    """Words of services go where the test can read them."""
    monkeypatch.setattr(steps, "LOGS", tmp_path)
    monkeypatch.setattr(services, "LOOK_SECONDS", 0.02)


def sleeper(name: str = "web server") -> Service:
    return Service(name, [sys.executable, "-c", "import time; time.sleep(600)"])


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text()


def test_both_services_end_when_we_are_told_to_stop():
    both, pids = [sleeper(), sleeper("job worker")], []

    def stop_soon(all_well: bool) -> None:
        pids.extend(service.process.pid for service in both)
        raise Enough

    with pytest.raises(Enough):
        keep_running(both, look_after=stop_soon)
    assert len(pids) == 2
    assert not any(service.is_running() for service in both)


def test_a_service_that_dies_comes_back():
    service, seen = sleeper(), []

    def kill_once(all_well: bool) -> None:
        seen.append(service.process.pid)
        if len(set(seen)) == 2:
            raise Enough
        service.began = 0.0  # it has been up for long
        os.kill(service.process.pid, signal.SIGKILL)
        service.process.wait()

    with pytest.raises(Enough):
        keep_running([service], look_after=kill_once)


def test_a_service_that_cannot_stay_up_is_given_up_with_its_last_words():
    service = Service("web server", [sys.executable, "-c", "raise ValueError('no settings')"])
    with pytest.raises(StepFailed, match=r"The web server stopped: ValueError: no settings"):
        keep_running([service], look_after=lambda all_well: None)


def test_a_service_that_does_not_listen_is_ended_all_the_same(monkeypatch):
    monkeypatch.setattr(services, "STOP_SECONDS", 0.5)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
    service = Service("job worker", [sys.executable, "-c", deaf])
    service.start()
    time.sleep(0.3)
    service.stop()
    assert not service.is_running()


def launch(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "cms_portal.launch", *arguments],
        cwd=PROJECT,
        env={**os.environ, **DEVELOPER, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def refused(*arguments: str, **environment: str) -> str:
    """The one line with which a start fails."""
    process = launch(*arguments, **environment)
    _, words = process.communicate(timeout=60)
    assert process.returncode == 1
    assert words.count("\n") == 1, words
    return words


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1", "８０"])
def test_a_port_that_is_none_is_refused(port):
    assert "PORT must be a number from 1 to 65535" in refused(f"--port={port}")


def test_a_taken_port_is_refused_with_another_to_try():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"Port {port} is taken" in refused("--port", str(port))


def test_a_database_that_is_down_is_refused():
    words = refused("--port", free_port(), DATABASE_URL="postgres://portal@127.0.0.1:1/portal")
    assert words.startswith("The database at DATABASE_URL does not answer")


def test_a_database_without_a_place_to_live_is_refused(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    words = refused("--port", free_port(), PORTAL_PGDATA="/sys/portal")
    assert words.startswith("No permission to write")


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.mark.slow
@pytest.mark.parametrize("request_to_end", [signal.SIGINT, signal.SIGTERM])
def test_the_portal_serves_heals_and_leaves_nothing_behind(own_server, request_to_end):
    port = free_port()
    process = launch("--port", port)
    try:
        wait_for_page(port)
        web = children_of(process.pid)
        assert len(web) == 2
        for pid in (*web, own_server.postmaster()):
            os.kill(pid, signal.SIGKILL)
        everyone = wait_for_family(process.pid, without=web)
        wait_for_page(port)
        wait_for_database()
    finally:
        process.send_signal(request_to_end)
        words, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert f"http://localhost:{port}" in words
    assert errors == ""
    assert not any(alive(pid) for pid in everyone)
    assert status() is None, "the database it had started is stopped"


def wait_for(found: Callable[[], T], missing: str) -> T:
    """Ask again and again until there is an answer; a busy machine may take its time."""
    give_up_at = time.monotonic() + PATIENCE
    while time.monotonic() < give_up_at:
        if answer := found():
            return answer
        time.sleep(0.1)
    pytest.fail(missing)


def wait_for_family(pid: int, without: list[int]) -> list[int]:
    """The new web server, its two processes, and the new job worker."""

    def new_ones() -> list[int]:
        family = descendants_of(pid)
        return family if len(family) >= 4 and not set(family).intersection(without) else []

    return wait_for(new_ones, "the services did not come back")


def wait_for_database() -> None:
    wait_for(status, "the database did not come back")


def wait_for_page(port: str) -> None:
    """The web may be back before the database: then it is not serving yet."""

    def is_serving() -> bool:
        link = http.client.HTTPConnection("127.0.0.1", int(port), timeout=20)
        try:
            link.request("GET", "/")
            return link.getresponse().status < 500
        except OSError:
            return False
        finally:
            link.close()

    wait_for(is_serving, "no page came")


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def descendants_of(pid: int) -> list[int]:
    return [each for child in children_of(pid) for each in (child, *descendants_of(child))]
