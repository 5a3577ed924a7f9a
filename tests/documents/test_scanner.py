"""The scanner: what it calls harmful is not kept; while it does not answer, files wait unseen."""

from __future__ import annotations

import socket
import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms_portal.accounts.actions import system_user
from cms_portal.documents import checking, jobs, storing
from cms_portal.documents.models import DocumentFile, FileState, RefusalReason
from cms_portal.documents.presenters import papers
from tests.documents import clamd
from tests.documents.files import pdf, photo
from tests.documents.hostile import EICAR

pytestmark = pytest.mark.django_db


@pytest.fixture
def scanner(settings):
    with clamd.running() as scanner:
        settings.FILE_SCANNER = scanner.address
        yield scanner


@pytest.fixture
def nobody_listens(settings):
    """The address of a scanner that is down."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.FILE_SCANNER = f"127.0.0.1:{probe.getsockname()[1]}"
    return settings.FILE_SCANNER


def look_again(file):
    return checking.check(file.pk, now=timezone.now(), by=system_user())


def test_what_the_scanner_calls_harmful_is_not_kept(scanner, give, files_of_this_test):
    infected = pdf() + EICAR

    file = give(infected).files.get()

    assert (file.state, file.refused_because) == (FileState.REFUSED, RefusalReason.INFECTED)
    assert not [path for path in files_of_this_test.rglob("*") if path.is_file()]
    assert scanner.seen == [infected]


def test_what_the_scanner_passes_says_when(scanner, give):
    file = give(photo(), pdf()).files.first()

    assert file.state == FileState.AVAILABLE
    assert file.scanned_at is not None


def test_a_large_file_reaches_the_scanner_whole(scanner, give):
    large = pdf() + b"%" * 9_000_000

    give(large)

    assert scanner.seen == [large]


def test_while_the_scanner_is_down_a_file_waits_and_nobody_sees_it(
    nobody_listens, client, family, give
):
    file = give().files.get()
    client.force_login(family.user)

    assert file.state == FileState.QUARANTINED
    assert storing.read(file.stored_as) == photo()
    assert client.get(reverse("documents:file", args=[file.pk])).status_code == 404
    assert "Being checked" in client.get(reverse("documents:mine")).content.decode()
    assert look_again(file) > timezone.now() + timedelta(minutes=4)


def test_a_waiting_file_is_checked_when_the_scanner_is_back(nobody_listens, settings, give):
    file = give().files.get()

    with clamd.running() as scanner:
        settings.FILE_SCANNER = scanner.address
        assert look_again(file) is None

    file.refresh_from_db()
    assert file.state == FileState.AVAILABLE
    assert file.scanned_at is not None


def test_the_job_queue_is_asked_to_look_again(nobody_listens, settings, give):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    file = give().files.get()

    jobs.check_file.call(file.pk)

    at_once, later = DBTaskResult.objects.order_by("run_after")
    assert later.run_after > timezone.now() + timedelta(minutes=4)
    assert later.args_kwargs == at_once.args_kwargs == {"args": [file.pk], "kwargs": {}}


@pytest.mark.parametrize(
    "says", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: O", b"\xff\xfe\0", b"OK\0"]
)
def test_an_answer_that_is_no_verdict_keeps_the_file_waiting(scanner, give, says):
    scanner.says = says

    assert give().files.get().state == FileState.QUARANTINED


@pytest.mark.parametrize("address", ["nowhere", "127.0.0.1:", "127.0.0.1:port", ":0"])
def test_a_wrong_address_of_the_scanner_keeps_files_waiting(settings, give, address):
    settings.FILE_SCANNER = address

    assert give().files.get().state == FileState.QUARANTINED


def test_a_state_never_releases_a_file_unscanned(settings, give):
    settings.PRODUCTION = True

    assert give(photo(), pdf()).files.filter(state=FileState.QUARANTINED).count() == 2


def test_a_paper_that_nobody_scanned_says_so_to_staff(give):
    (paper,) = papers([give(pdf())], to_staff=True)

    assert paper.files[0].state_label == "Received, not scanned"


def test_the_command_checks_what_waits_and_is_safe_to_run_twice(nobody_listens, settings, give):
    give(photo(), pdf())

    def run(*options):
        out = StringIO()
        call_command("check_documents", *options, stdout=out)
        return out.getvalue()

    assert "2 files wait" in run("--dry-run")
    assert "2 files wait" in run()
    with clamd.running() as scanner:
        settings.FILE_SCANNER = scanner.address
        assert "0 files wait" in run()
        assert "0 files wait" in run()
        assert len(scanner.seen) == 2
    assert not DocumentFile.objects.being_checked().exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_check_a_file_once(scanner, give):
    file = give(check=False).files.get()
    start, by = threading.Barrier(2), system_user()

    def work() -> None:
        start.wait()
        checking.check(file.pk, now=timezone.now(), by=by)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    file.refresh_from_db()
    assert file.state == FileState.AVAILABLE
    assert len(scanner.seen) == 1
    assert file.history.count() == 2
