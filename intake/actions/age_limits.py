"""Telling in time that help ends on a birthday, and asking a person to plan what follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_noop

from cms_portal.families.serving import who_serves
from cms_portal.notifications.models import Message
from cms_portal.programs import Program
from cms_portal.work.actions import ask_for
from cms_portal.work.models import Task
from intake.aging import ending_by_age, lines_of
from intake.messages import write
from intake.models import Enrollment
from intake.told import contact_of

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

KEY, PLAN = "intake/age_limit", "age_limit"
CLOCKS = ("age_limit_notice_days_before", "age_limit_last_notice_days_before")


@transaction.atomic
def tell_of_age_limits(*, program: Program, on: date, by: User) -> dict[str, int]:
    """Write twice before help ends on a birthday, and ask a worker once to plan what follows.

    Nothing ends by it: a worker ends the enrollment, or it stays with them as a task.
    """
    told = {"letters about an age limit": 0, "young adults to plan for": 0}
    for enrollment, birthday in _near_the_day(program, on):
        Enrollment.objects.select_for_update().get(pk=enrollment.pk)
        due = [days for days in map(program.clock, CLOCKS) if on >= birthday - timedelta(days=days)]
        sent = Message.objects.about(enrollment).without_hints().filter(key=KEY).count()
        if sent < len(due) and _write(enrollment, birthday, by=by) is not None:
            told["letters about an age limit"] += 1
        told["young adults to plan for"] += _ask_to_plan(enrollment, birthday, on, by=by)
    return told


def _near_the_day(program: Program, on: date) -> Iterator[tuple[Enrollment, date]]:
    ahead = timedelta(days=max(map(program.clock, CLOCKS)))
    near = (
        Enrollment.objects.open()
        .filter(program=program.code)
        .filter(services__ends_on__gt=on, services__ends_on__lte=on + ahead)
        .select_related("child", "household", "application__child", "application__household")
        .prefetch_related("services")
        .order_by("pk")
        .distinct()
    )
    for enrollment in near:
        days = [row.ends_on for row in ending_by_age(enrollment) if on < row.ends_on <= on + ahead]
        if days:
            yield enrollment, min(days)


def _write(enrollment: Enrollment, birthday: date, *, by: User) -> Message | None:
    with translation.override(contact_of(enrollment.application).written_language):
        lines = lines_of(enrollment)
    values = {
        **lines,
        "youth": enrollment.child.called,
        "age": birthday.year - enrollment.child.date_of_birth.year,
        "birthday": birthday,
    }
    return write(enrollment.application, key=KEY, values=values, about=enrollment, by=by)


def _ask_to_plan(enrollment: Enrollment, birthday: date, on: date, *, by: User) -> int:
    if Task.objects.about(enrollment).filter(kind=PLAN).exists():
        return 0
    serving = who_serves(
        program=enrollment.program, child=enrollment.child, household=enrollment.household, on=on
    )
    ask_for(
        program=enrollment.program,
        kind=PLAN,
        title=gettext_noop("Plan with a young adult what follows the age limit"),
        why=gettext_noop(
            "The last day of help is the day before the birthday. The family has a letter that says so."
        ),
        due_on=birthday - timedelta(days=30),
        office=serving.office if serving else None,
        owner=serving.worker if serving else None,
        child=enrollment.child,
        about=enrollment,
        by=by,
    )
    return 1
