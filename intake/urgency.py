"""What cannot wait: the reasons, and by when a named person is in contact with the family.

A referral uses it; an application can, with the same reasons.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from cms_portal import programs
from cms_portal.offices.models import Office
from cms_portal.offices.working_days import is_working_day
from cms_portal.work.actions import ask_for
from cms_portal.work.models import Task

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.families.models import Child

CONTACT = "intake.contact"
# An office that is closed for longer than this has told us a wrong date.
LONGEST_CLOSURE = timedelta(days=60)


class Urgency(models.TextChoices):
    """Why a family has to be spoken with on the same working day."""

    OUT_OF_MEDICINE = "medicine", _("Out of medicine, or of formula that the child needs")
    POWER = "power", _("Equipment that needs power, and the power is off or at risk")
    GOING_HOME = "hospital", _("Leaving a hospital within days")
    NEWBORN_RESULT = "newborn", _("A newborn screening result that cannot wait")


def same_working_day(*, office: Office, at: datetime) -> date:
    """Return the day of urgent contact: today while the office is open, else its next working day."""
    program = programs.get(office.program)
    here = at.astimezone(program.timezone)
    day = here.date()
    if _works_on(office, day) and here.time() < closes_at(office, day):
        return day
    last = day + LONGEST_CLOSURE
    day += timedelta(days=1)
    while day < last and not _works_on(office, day):
        day += timedelta(days=1)
    return day


def ask_for_contact(
    *,
    about: models.Model,
    office: Office,
    worker: User | None,
    due_on: date,
    is_urgent: bool,
    by: User,
    child: Child | None = None,
) -> Task:
    """Ask a named person of an office to speak with a family by a day; the task never says why."""
    return ask_for(
        program=office.program,
        kind=CONTACT,
        title=gettext_noop("Speak with a family"),
        why=gettext_noop("Urgent: the same working day.")
        if is_urgent
        else gettext_noop("Somebody referred a child to us."),
        due_on=due_on,
        office=office,
        owner=worker,
        child=child,
        about=about,
        is_urgent=is_urgent,
        by=by,
    )


def _works_on(office: Office, day: date) -> bool:
    is_closed = office.closures.filter(starts_on__lte=day, ends_on__gte=day).exists()
    return is_working_day(program=programs.get(office.program), on=day) and not is_closed


def closes_at(office: Office, day: date) -> time:
    """Return when an office closes on a day."""
    hours = [row.closes_at for row in office.hours.all() if row.weekday == day.weekday()]
    return max(hours, default=usual_closing(office.program))


def usual_closing(program: str) -> time:
    """Return when the offices of a program close where nobody told us better."""
    return time(programs.get(program).clock("office_closes_at_hour"))
