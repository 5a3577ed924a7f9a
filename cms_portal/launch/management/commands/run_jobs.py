"""manage.py run_jobs: work on queued jobs until stopped."""

from __future__ import annotations

import logging
from typing import Any

from django.utils.crypto import get_random_string
from django_tasks_db.management.commands import db_worker

from cms_portal.launch.jobs import PatientWorker


class Command(db_worker.Command):
    """The job worker of django-tasks-db, with patience."""

    help = "Work on queued jobs; a job that fails is tried again, up to five times."

    def handle(self, **options: Any) -> None:
        """Run one worker; start this command several times for several workers."""
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
        worker = PatientWorker(
            queue_names=["*"],
            interval=options["interval"],
            batch=options["batch"],
            backend_name=options["backend_name"],
            startup_delay=options["startup_delay"],
            max_tasks=options["max_tasks"],
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        worker.configure_signals()
        worker.run()
