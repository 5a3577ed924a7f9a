"""Taking down a change that a family tells of, and looking at it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from cms_portal import programs
from cms_portal.accounts.models import User
from cms_portal.audit.tracking import save_tracked
from cms_portal.families.serving import who_serves
from cms_portal.offices.working_days import working_days_after
from cms_portal.work.actions import ask_for, finish
from cms_portal.work.models import Task
from intake.changes import ChangeKind
from intake.models import Application, ChangeReport, ChangeState

READ_WITHIN_WORKING_DAYS = 2
REPORTED = "change_reported"


@transaction.atomic
def report(
    *,
    application: Application,
    kind: ChangeKind,
    became_aware_on: date,
    words: str,
    by: User,
    at: datetime,
    said_name: str = "",
    **details: Any,
) -> ChangeReport:
    """Keep what was told and by which day it was due, and ask who serves the child to read it.

    `details` are the columns that the kind asks for besides.
    """
    row = ChangeReport(
        program=application.program,
        application=application,
        kind=kind.key,
        became_aware_on=became_aware_on,
        due_on=kind.due_on(became_aware_on),
        words=words,
        said_name=said_name,
        reported_by=by,
        reported_at=at,
        **details,
    )
    save_tracked(row, by=by, reason="a change was told")
    _ask_to_read(row, by=by)
    return row


def _ask_to_read(row: ChangeReport, *, by: User) -> None:
    application, program = row.application, programs.get(row.program)
    serving = who_serves(
        program=row.program,
        child=application.child,
        household=application.household,
        on=row.reported_on,
    )
    ask_for(
        program=row.program,
        kind=REPORTED,
        title=gettext_noop("Read what a family told us"),
        why=gettext_noop("The family says that something changed."),
        due_on=working_days_after(
            program=program, day=row.reported_on, count=READ_WITHIN_WORKING_DAYS
        ),
        office=serving.office if serving else application.office,
        owner=serving.worker if serving else application.worker,
        child=application.child,
        about=row,
        by=by,
    )


@transaction.atomic
def look_at(*, row: ChangeReport, done: str, by: User, at: datetime) -> ChangeReport:
    """Keep what was done about it, once; the task is done with it."""
    row = ChangeReport.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.state == ChangeState.LOOKED_AT:
        return row
    row.look_at(done=done, by=by, at=at)
    for task in Task.objects.open().about(row):
        finish(task=task, by=by, at=at, outcome=done)
    return row
