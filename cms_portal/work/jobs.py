"""Asking the job queue to try something later, where it can."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django_tasks.base import Task


def enqueue_at(job: Task, moment: datetime, *arguments: Any) -> None:
    """Queue a job for a moment; a queue that cannot wait leaves it to the command that sweeps."""
    if job.get_backend().supports_defer:
        job.using(run_after=moment).enqueue(*arguments)
