"""What must I do, and why: one list, and the button on the row."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cms_portal.access.roles import Permission
from cms_portal.access.views import FormPage, PermittedPage
from cms_portal.audit.actions import note_access_to_told
from cms_portal.families.models import Child
from cms_portal.families.policies import CHILDREN
from cms_portal.work import actions
from cms_portal.work.forms import OutcomeForm
from cms_portal.work.models import Task
from cms_portal.work.policies import TASKS
from cms_portal.work.presenters import rows

ON_A_PAGE = 50
# What a row shows; with fifty rows, the rest would be most of what is read.
COLUMNS = (
    *("program", "title", "why", "is_urgent", "due_on", "about_type", "about_id"),
    *("child__first_name", "child__middle_name", "child__last_name"),
    *("office__name", "owner__name"),
)


class _Told:
    """A task as read events ask for it: about what one home told, no other home learns that we saw it."""

    def __init__(self, task: Task) -> None:
        self.program, self.child_id = task.program, task.child_id
        self.household_id: int | None = getattr(task.about, "household_id", None)


class TaskList(PermittedPage):
    """Open tasks within reach, most urgent first; children by name only for those who may see them."""

    permission, template_name = Permission.TASK_VIEW, "work/tasks.html"

    def page(self, **more: Any) -> dict[str, Any]:
        open_tasks = TASKS.rows(self.user, Permission.TASK_VIEW).open()  # type: ignore[attr-defined]
        tasks = (
            open_tasks.most_urgent_first()
            .select_related("child", "office", "owner")
            .only(*COLUMNS)
            .prefetch_related("about")
        )
        page = Paginator(tasks, ON_A_PAGE).get_page(self.request.GET.get("page"))
        shown = list(page.object_list)
        seen = self._children(shown)
        reached = {child.pk for child in seen}
        note_access_to_told(
            by=self.user,
            page="work:tasks",
            rows=[_Told(task) for task in shown if task.child_id in reached],
        )
        return {
            "page_obj": page,
            "rows": rows(
                shown,
                seen_children=reached,
                doable=self._doable(shown),
            ),
            **more,
        }

    def _children(self, tasks: list[Task]) -> list[Child]:
        named = {task.child_id for task in tasks if task.child_id}
        within_reach = CHILDREN.rows(self.user, Permission.CHILD_VIEW)
        return list(within_reach.filter(pk__in=named).only("program"))

    def _doable(self, tasks: list[Task]) -> set[int]:
        doable = TASKS.rows(self.user, Permission.TASK_DO)
        return set(doable.filter(pk__in=[task.pk for task in tasks]).values_list("pk", flat=True))


class FinishTask(FormPage):
    """Close a task with a word on what came of it."""

    policy, permission = TASKS, Permission.TASK_DO
    form_class, template_name = OutcomeForm, "work/finish.html"

    def page(self, **more: Any) -> dict[str, Any]:
        return {"task": self.object, **more}

    def act(self, form: OutcomeForm) -> HttpResponse:
        actions.finish(
            task=self.object,
            by=self.user,
            at=timezone.now(),
            outcome=form.cleaned_data["outcome"],
        )
        messages.success(self.request, _("Done. The task is off your list."))
        return redirect("work:tasks")
