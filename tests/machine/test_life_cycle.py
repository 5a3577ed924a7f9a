"""The embedded server is made once, found again, brought back after a crash, and never mistaken."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import signal
import socket
import stat
from pathlib import Path

import psycopg2
import pytest

from cms_portal.database import DatabaseUnavailable, database_settings, ensure_running, life_cycle
from cms_portal.database.state import ServerState

pytestmark = pytest.mark.slow
NOT_RUNNING = 3


def ask(question: str, login: str = "owner") -> list[tuple]:
    """Put one question to the server as a login."""
    parts = database_settings(login)
    link = psycopg2.connect(
        host=parts["HOST"],
        port=parts["PORT"],
        user=parts["USER"],
        password=parts["PASSWORD"],
        dbname=parts["NAME"],
    )
    with contextlib.closing(link), link, link.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall() if cursor.description else []


def one_line(words: str) -> str:
    assert words.count("\n") == 1, words
    assert "Traceback" not in words
    return words


def test_a_server_is_started_once_and_stopped_once(own_server):
    first, second = own_server.run("start"), own_server.run("start")
    assert first.returncode == second.returncode == 0, first.stderr
    assert first.stdout == second.stdout == own_server.run("status").stdout

    assert own_server.run("stop").stdout == "stopped\n"
    assert own_server.run("stop").stdout == "was not running\n"
    assert own_server.run("status").returncode == NOT_RUNNING


def test_a_killed_server_comes_back_with_what_it_had_promised(own_server):
    ensure_running()
    port = ServerState.load().port
    ask("CREATE TABLE promise (kept text)")
    ask("INSERT INTO promise VALUES ('yes')")

    os.kill(own_server.postmaster(), signal.SIGKILL)

    assert ensure_running()
    assert ask("SELECT kept FROM promise") == [("yes",)]
    assert ServerState.load().port == port


def test_a_note_of_a_process_that_is_no_server_does_not_keep_ours_from_starting(own_server):
    ensure_running()
    data = Path(ServerState.load().data_directory)
    life_cycle.stop()
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n1\n1\n\n\n")

    assert ensure_running()


def test_a_taken_port_is_left_to_its_owner(own_server):
    ensure_running()
    before = ServerState.load().port
    life_cycle.stop()
    with socket.socket() as stranger:
        stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        stranger.bind(("127.0.0.1", before))
        stranger.listen()

        ensure_running()

    assert ServerState.load().port != before
    assert ask("SELECT 1") == [(1,)]


def test_another_checkouts_server_is_not_taken_for_ours(own_server, tmp_path, monkeypatch):
    ensure_running()
    theirs = ServerState.load()
    monkeypatch.setenv("PORTAL_PGDATA", str(tmp_path / "other"))
    (tmp_path / "other").mkdir()
    mine = ServerState(theirs.port, str(tmp_path / "other" / "18"), theirs.passwords)
    mine.save()

    answer = own_server.run("status")

    monkeypatch.setenv("PORTAL_PGDATA", str(own_server.place))
    assert answer.returncode == NOT_RUNNING


def test_a_set_up_that_was_cut_short_is_begun_anew(own_server):
    half = life_cycle.server_folder() / "18.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")

    assert ensure_running()


def test_only_this_machine_reaches_the_server_and_only_this_user_its_passwords(own_server):
    ensure_running()
    secrets = own_server.place / "server.json"

    assert ask("SHOW listen_addresses") == [("127.0.0.1",)]
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    assert len(set(json.loads(secrets.read_text())["passwords"].values())) == 4


def test_the_web_cannot_log_in_as_somebody_else(own_server):
    ensure_running()
    web = database_settings("app")
    others = ("portal_owner", "postgres", "portal_auditor")
    for user, password in itertools.product(others, (web["PASSWORD"], "")):
        with pytest.raises(psycopg2.OperationalError, match="password"):
            psycopg2.connect(
                host=web["HOST"],
                port=web["PORT"],
                user=user,
                password=password,
                dbname=web["NAME"],
                passfile="/dev/null",
            )


def test_lost_passwords_are_told_in_one_line(own_server):
    ensure_running()
    life_cycle.stop()
    memory = (own_server.place / "server.json").rename(own_server.place / "elsewhere")

    answer = own_server.run("start")

    memory.rename(own_server.place / "server.json")
    assert answer.returncode == 1
    assert "lost server.json" in one_line(answer.stderr)


def test_a_folder_nobody_may_write_is_told_in_one_line(own_server, monkeypatch):
    monkeypatch.setenv("PORTAL_PGDATA", "/sys/portal")

    answer = own_server.run("start")

    monkeypatch.setenv("PORTAL_PGDATA", str(own_server.place))
    assert answer.returncode == 1
    assert "No permission to write" in one_line(answer.stderr)


def test_a_full_disk_is_told_in_one_line(own_server, tmp_path, monkeypatch):
    programs = tmp_path / "full"
    programs.mkdir()
    script(programs / "postgres", "echo 'postgres (PostgreSQL) 18.6'")
    script(
        programs / "initdb",
        "echo 'initdb: error: could not write to file \"x\": No space left on device' >&2; exit 1",
    )
    open_to_all(programs)
    monkeypatch.setenv("PORTAL_PG_BIN", str(programs))

    answer = own_server.run("start")

    assert answer.returncode == 1
    assert "No space left on device" in one_line(answer.stderr)


def test_a_disk_that_fills_while_we_write_is_told_in_one_line(own_server, monkeypatch):
    def no_room(self):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ServerState, "save", no_room)
    with pytest.raises(DatabaseUnavailable, match="The disk is full"):
        ensure_running()


def test_programs_that_are_too_old_are_told_in_one_line(own_server, tmp_path, monkeypatch):
    for name in ("postgres", "initdb"):
        script(tmp_path / name, "echo 'postgres (PostgreSQL) 12.4'")
    monkeypatch.setenv("PORTAL_PG_BIN", str(tmp_path))

    answer = own_server.run("start")

    assert answer.returncode == 1
    assert "No PostgreSQL 15 or newer" in one_line(answer.stderr)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgres://portal@127.0.0.1:1/portal", "does not answer"),
        ("sqlite:///portal.db", "must look like postgres://"),
        ("nonsense", "must look like postgres://"),
    ],
)
def test_a_database_that_cannot_be_reached_is_told_in_one_line(
    own_server, monkeypatch, url, expected
):
    monkeypatch.setenv("DATABASE_URL", url)

    answer = own_server.run("start")

    monkeypatch.delenv("DATABASE_URL")
    assert answer.returncode == 1
    assert expected in one_line(answer.stderr)


def test_a_server_run_by_somebody_else_is_used_and_not_started(own_server):
    ensure_running()
    os.environ["DATABASE_URL"] = own_server.run("url", "--login", "owner").stdout.strip()
    try:
        assert not ensure_running()
        assert database_settings("app")["USER"] == "portal_owner"
        assert "elsewhere" in own_server.run("status").stdout
    finally:
        del os.environ["DATABASE_URL"]
    assert ask("SELECT 1") == [(1,)]


def script(path: Path, words: str) -> None:
    path.write_text(f"#!/bin/sh\n{words}\n")
    path.chmod(0o755)


def open_to_all(path: Path) -> None:
    for folder in (path, *path.parents):
        if folder.stat().st_uid == os.getuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o111)


def test_removing_the_server_leaves_what_others_keep_beside_it(own_server):
    ensure_running()
    (own_server.place / "photo.jpg").touch()

    assert own_server.run("remove").returncode == 0

    assert [path.name for path in own_server.place.iterdir()] == ["photo.jpg"]
    assert own_server.run("start").returncode == 0
