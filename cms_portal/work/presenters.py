"""A task as a row of the list: what, why, about whom, by when, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.work.models import Task

if TYPE_CHECKING:
    from cms_portal.families.models import Child

SOON = timedelta(days=2)


@dataclass(frozen=True)
class TaskRow:
    """One row; `child` only for somebody who may see the child, `may_do` for who may close the task."""

    task: Task
    child: Child | None
    may_do: bool
    url: str
    state: str
    state_label: str


def rows(tasks: Iterable[Task], *, seen_children: set[int], doable: set[int]) -> list[TaskRow]:
    """Describe tasks whose child, office, owner and subject have been read."""
    return [
        TaskRow(
            task=task,
            child=task.child if task.child_id in seen_children else None,
            may_do=task.pk in doable,
            url=_address(task.about),
            **_when(task),
        )
        for task in tasks
    ]


def _address(about: Any) -> str:
    return about.get_absolute_url() if hasattr(about, "get_absolute_url") else ""


def _when(task: Task) -> dict[str, str]:
    left = task.due_on - programs.get(task.program).today()
    if left < timedelta(0):
        return {"state": "late", "state_label": _("Late")}
    if not left:
        return {"state": "now", "state_label": _("Today")}
    if left <= SOON:
        return {"state": "soon", "state_label": _("Soon")}
    return {"state": "todo", "state_label": _("To do")}
