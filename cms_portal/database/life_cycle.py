"""The embedded server's life: made, started, found again after a crash, stopped."""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import socket
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import psycopg2

from cms_portal.database.binaries import Programs, find_programs, server_folder
from cms_portal.database.errors import DatabaseUnavailable, explained, last_line, reason
from cms_portal.database.logins import database_settings, is_external
from cms_portal.database.making import make_cluster
from cms_portal.database.postmaster import forget_dead_postmaster, postmaster_lives
from cms_portal.database.provision import provision
from cms_portal.database.state import SUPERUSER, ServerState, state_folder

START_SECONDS = 60
# A dead postmaster can stay a zombie for a second or two, and its children hold its memory.
RETRY_SECONDS = 15
FIRST_PORT, PORTS = 15432, 12000
SERVER_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "jit": "off",
    # A failed statement carries what a family typed; it stays out of the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}


def ensure_running() -> bool:
    """See to it that the database answers; True when this call started the embedded server."""
    if is_external():
        _reach_external()
        return False
    with explained(), _alone():
        state = ServerState.load()
        if _answers(state):
            return False
        _start(state)
        return True


def stop() -> bool:
    """Stop the embedded server; True when one was running."""
    with explained(), _alone():
        state = ServerState.load()
        if not state.data_directory or not postmaster_lives(Path(state.data_directory)):
            return False
        answer = find_programs().run(
            "pg_ctl", "stop", "-D", state.data_directory, "-m", "fast", "-w", "-t", "60"
        )
        if answer.returncode and postmaster_lives(Path(state.data_directory)):
            raise DatabaseUnavailable(f"The database did not stop: {last_line(answer.stderr)}")
        return True


def remove() -> None:
    """Stop the embedded server and delete all that it made, and nothing else."""
    stop()
    with explained():
        for folder in {server_folder(), state_folder()}:
            for made in [*folder.glob("[1-9][0-9]"), *folder.glob("[1-9][0-9].new")]:
                shutil.rmtree(made)
            shutil.rmtree(folder / "programs", ignore_errors=True)
            for name in ("server.json", "lock"):
                (folder / name).unlink(missing_ok=True)
            with contextlib.suppress(OSError):  # somebody keeps other things there
                folder.rmdir()


def status() -> str | None:
    """One line about the running database, or None when none answers."""
    if is_external():
        _reach_external()
        settings = database_settings()
        return f"running elsewhere: {settings['HOST']}, database {settings['NAME']}"
    state = ServerState.load()
    if not _answers(state):
        return None
    return f"running on 127.0.0.1:{state.port}, data in {state.data_directory}"


def is_idle() -> bool:
    """Whether the embedded server runs and nobody but this call is connected to it."""
    state = ServerState.load()
    if is_external() or not _answers(state):
        return False
    with contextlib.closing(_as_superuser(state)) as link, link.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0]) == 0


def _start(state: ServerState) -> None:
    programs = find_programs()
    data = server_folder() / str(programs.major)
    is_made = data.exists()
    if is_made and not state.passwords:
        raise DatabaseUnavailable(
            f"{state_folder()} lost server.json, which holds the database's passwords. Put it "
            f"back, or remove {data} to begin with an empty database."
        )
    state.make_passwords()
    state.data_directory = str(data)
    state.port = _free_port(state.port)
    state.save()
    if not is_made:
        make_cluster(programs, data, state.passwords[SUPERUSER])
    _launch(programs, data, state)
    with contextlib.closing(_as_superuser(state)) as link:
        provision(link, state.passwords)


def _launch(programs: Programs, data: Path, state: ServerState) -> None:
    log = data / "server.log"
    options = " ".join(
        f"-c {name}='{value}'" for name, value in {**SERVER_OPTIONS, "port": state.port}.items()
    )
    give_up = time.monotonic() + RETRY_SECONDS
    while True:
        forget_dead_postmaster(data)
        log_begins = _size(log)
        programs.run("pg_ctl", "start", "-D", str(data), "-l", str(log), "-o", options, "-W")
        if _waited_for_answer(data, state):
            return
        why = reason(_read_from(log, log_begins))
        if time.monotonic() > give_up:
            raise DatabaseUnavailable(f"The database did not start: {why}")
        if "Address already in use" in why or "could not create any TCP" in why:
            state.port = _free_port(state.port + 1)
            state.save()
            options = options.rsplit("-c port=", 1)[0] + f"-c port='{state.port}'"
        if "No space left" in why or "Permission denied" in why:
            raise DatabaseUnavailable(f"The database did not start: {why}")
        time.sleep(0.5)


def _waited_for_answer(data: Path, state: ServerState) -> bool:
    """Wait while the server we launched lives, until it answers."""
    deadline = time.monotonic() + START_SECONDS
    grace = time.monotonic() + 2  # it takes a moment until the server writes its own process id
    while time.monotonic() < deadline:
        if _answers(state):
            return True
        if time.monotonic() > grace and not postmaster_lives(data):
            return False
        time.sleep(0.05)
    return False


def _answers(state: ServerState) -> bool:
    """Whether our own server answers: somebody else's on the port would have other data."""
    if not state.data_directory or not postmaster_lives(Path(state.data_directory)):
        return False
    try:
        with contextlib.closing(_as_superuser(state)) as link, link.cursor() as cursor:
            cursor.execute("SHOW data_directory")
            return str(cursor.fetchone()[0]) == state.data_directory
    except psycopg2.OperationalError:
        return False


def _as_superuser(state: ServerState) -> psycopg2.extensions.connection:
    link = psycopg2.connect(
        host="127.0.0.1",
        port=state.port,
        user=SUPERUSER,
        password=state.passwords[SUPERUSER],
        dbname="postgres",
        sslmode="disable",
        connect_timeout=5,
    )
    link.autocommit = True
    return link


def _reach_external() -> None:
    settings = database_settings()
    try:
        psycopg2.connect(
            host=settings["HOST"] or None,
            port=settings["PORT"] or None,
            user=settings["USER"] or None,
            password=settings["PASSWORD"] or None,
            dbname=settings["NAME"],
            connect_timeout=5,
            **settings.get("OPTIONS", {}),
        ).close()
    except psycopg2.OperationalError as error:
        raise DatabaseUnavailable(
            f"The database at DATABASE_URL does not answer: {last_line(str(error))}"
        ) from error


def _free_port(preferred: int) -> int:
    """The preferred port if it is free, else the next free one from a place of this checkout."""
    start = zlib.crc32(str(state_folder()).encode()) % PORTS
    ours = (FIRST_PORT + (start + step) % PORTS for step in range(200))
    for port in [preferred, *ours] if preferred else ours:
        with socket.socket() as probe:
            # As the server does: connections that are just ending do not keep a port taken.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise DatabaseUnavailable("No free port was found for the database.")


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Let one process of this checkout at a time start or stop the server."""
    state_folder().mkdir(mode=0o711, parents=True, exist_ok=True)
    with (state_folder() / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _read_from(path: Path, offset: int) -> str:
    if not path.exists():
        return ""
    with path.open("rb") as stream:
        stream.seek(offset)
        return stream.read().decode(errors="replace")
