"""Job workers that try a failed job again, and take over from a worker that died.

A job may therefore run more than once, and must be safe to repeat.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)

MOST_TRIES = 5
FIRST_PAUSE = timedelta(minutes=1)
# No job takes longer; one that still runs then belongs to a worker that died.
LONGEST_RUN = timedelta(minutes=15)


class PatientWorker(Worker):
    """Runs jobs; one that fails is tried again after 1, 2, 4 and 8 minutes."""

    def run(self) -> None:
        """Work in rounds until told to stop; each begins with what dead workers left."""
        only_one_round, self.batch, self.startup_delay = self.batch, True, False
        while self.running:
            take_back()
            super().run()
            if only_one_round:
                return
            time.sleep(self.interval)

    def run_task(self, db_task_result: DBTaskResult) -> None:
        """Run one job and, if it failed, put it back into the queue."""
        super().run_task(db_task_result)
        if db_task_result.status == TaskResultStatus.FAILED:
            try_again(db_task_result)


def try_again(job: DBTaskResult) -> bool:
    """Queue a failed job anew, later each time; False when it has had its tries."""
    tries = len(job.worker_ids)
    if tries >= MOST_TRIES:
        logger.error("job gave up after %s tries: %s", tries, job.task_path)
        return False
    job.status, job.run_after = TaskResultStatus.READY, timezone.now() + pause_after(tries)
    job.save(update_fields=["status", "run_after"])
    return True


def pause_after(tries: int) -> timedelta:
    """How long a job rests after so many tries: twice as long each time."""
    return FIRST_PAUSE * 2 ** (tries - 1)


def take_back() -> None:
    """Queue what a dead worker had begun, or call it failed when it has had its tries."""
    for job in _abandoned():
        if not try_again(job):
            job.set_failed(TimeoutError("its worker died"))


def _abandoned() -> QuerySet[Any]:
    return DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - LONGEST_RUN)
