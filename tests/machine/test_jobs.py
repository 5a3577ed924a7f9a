"""A job that fails is tried again, later each time, and not for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from cms_portal.launch import jobs
from cms_portal.launch.jobs import LONGEST_RUN, MOST_TRIES, pause_after

pytestmark = pytest.mark.django_db(transaction=True)  # the worker closes connections
outcomes: list[str] = []


@task()
def deliver(what: str) -> None:
    """A job that fails for as long as the road is blocked."""
    if what == "blocked":
        raise ConnectionError("no road")
    outcomes.append(what)


@pytest.fixture(autouse=True)
def queue(settings):
    """The real queue, and nothing delivered yet."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    outcomes.clear()


def work() -> None:
    call_command("run_jobs", batch=True, startup_delay=False)


def test_a_job_runs_once():
    deliver.enqueue("letter")
    work()
    work()
    assert outcomes == ["letter"]


def test_a_failed_job_waits_and_is_tried_again():
    deliver.enqueue("blocked")
    before = timezone.now()

    work()

    job = DBTaskResult.objects.get()
    assert job.status == "READY"
    assert before + timedelta(seconds=59) < job.run_after < before + timedelta(seconds=70)
    work()
    job.refresh_from_db()
    assert len(job.worker_ids) == 1, "its time has not come yet"


def test_a_job_is_given_up_after_five_tries():
    deliver.enqueue("blocked")
    for _ in range(MOST_TRIES + 1):
        DBTaskResult.objects.update(run_after=timezone.now())
        work()
    job = DBTaskResult.objects.get()
    assert (job.status, len(job.worker_ids)) == ("FAILED", MOST_TRIES)
    assert "ConnectionError" in job.exception_class_path


def test_each_pause_is_twice_the_one_before():
    assert [pause_after(tries).seconds // 60 for tries in range(1, MOST_TRIES)] == [1, 2, 4, 8]


@pytest.mark.parametrize(("tries", "expected"), [(1, "READY"), (MOST_TRIES, "FAILED")])
def test_a_job_whose_worker_died_is_taken_back(tries, expected):
    deliver.enqueue("letter")
    DBTaskResult.objects.update(
        status="RUNNING",
        started_at=timezone.now() - LONGEST_RUN - timedelta(seconds=1),
        worker_ids=["dead"] * tries,
    )
    jobs.take_back()
    assert DBTaskResult.objects.get().status == expected


def test_a_job_that_still_runs_is_left_alone():
    deliver.enqueue("letter")
    DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now(), worker_ids=["busy"])
    work()
    assert DBTaskResult.objects.get().status == "RUNNING"
