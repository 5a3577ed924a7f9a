"""Asking for work, and doing it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from cms_portal.audit.tracking import save_tracked
from cms_portal.work.models import Task

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.families.models import Child
    from cms_portal.offices.models import Office


@transaction.atomic
def ask_for(
    *,
    program: str,
    kind: str,
    title: str,
    due_on: date,
    by: User,
    why: str = "",
    office: Office | None = None,
    owner: User | None = None,
    child: Child | None = None,
    about: models.Model | None = None,
    is_urgent: bool = False,
) -> Task:
    """Open a task, or return the open one of the same kind about the same thing."""
    if about is not None:
        about_type = ContentType.objects.get_for_model(about)
        already = Task.objects.open().filter(kind=kind, about_type=about_type, about_id=about.pk)
        if (task := already.select_for_update().first()) is not None:
            return task
    task = Task(
        program=program,
        kind=kind,
        title=title,
        why=why,
        due_on=due_on,
        office=office,
        owner=owner,
        child=child,
        is_urgent=is_urgent,
        about=about,
    )
    return save_tracked(task, by=by, reason=why or title)


@transaction.atomic
def finish(*, task: Task, by: User, at: datetime, outcome: str = "") -> Task:
    """Close a task once; a second call changes nothing."""
    task = Task.objects.select_for_update().get(pk=task.pk)
    if task.done_at is None:
        task.done_at, task.done_by, task.outcome = at, by, outcome
        save_tracked(task, by=by, reason=outcome or "done")
    return task
