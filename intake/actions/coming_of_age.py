"""Telling a youth and the parents that the youth will be in charge, some months before and on the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from cms_portal.families.models import Authority, AuthorityKind, Child, Guardian
from cms_portal.families.rights import comes_of_age_on
from cms_portal.families.serving import who_serves
from cms_portal.notifications.actions import queue
from cms_portal.notifications.models import Message
from cms_portal.notifications.ways import is_kept_away
from cms_portal.programs import Program
from cms_portal.work.actions import ask_for
from cms_portal.work.models import Task
from intake.models import Enrollment

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

ADD_YOUTH = "add_youth"
OWN = (AuthorityKind.YOUTH, AuthorityKind.OWN_APPLICANT)
# Who was not told on the day, as no job ran, is told within so many days.
LATE = timedelta(days=30)


@transaction.atomic
def tell_of_coming_of_age(*, program: Program, on: date, by: User) -> dict[str, int]:
    """Write to each youth who is, or soon will be, of age, and to the parents; each letter once.

    A youth of whom we have no way to write gets one by a worker, who is asked to add them.
    """
    told = {"letters to youths": 0, "letters to parents": 0, "youths to add": 0}
    for child in _near_the_day(program, on):
        # One after the other: two commands at once write each letter once.
        Child.objects.select_for_update().get(pk=child.pk)
        is_now = comes_of_age_on(child) <= on
        youths, parents = list(_youths(child, on)), list(_parents(child, on, is_now=is_now))
        told["youths to add"] += not youths and _ask_to_add(child, on, by=by)
        keys = ("turned_18_youth", "turned_18_parent") if is_now else _BEFORE
        told["letters to youths"] += _write(keys[0], child, youths, child, on, by=by)
        # What is a grown child's is nobody else's to find under the child: this letter stands alone.
        about = None if is_now else child
        told["letters to parents"] += _write(keys[1], child, parents, about, on, by=by)
    return told


_BEFORE = ("turning_18_youth", "turning_18_parent")


def _near_the_day(program: Program, on: date) -> list[Child]:
    """Return the enrolled children who come of age soon, or did a short while ago."""
    ahead = timedelta(days=program.clock("coming_of_age_notice_days_before"))
    years, leap = relativedelta(years=program.health_consent_age), timedelta(days=1)
    near = Child.objects.filter(
        program=program.code,
        merged_into__isnull=True,
        died_on__isnull=True,
        date_of_birth__gt=on - years - LATE - leap,
        date_of_birth__lte=on - years + ahead + leap,
        pk__in=Enrollment.objects.open().values("child"),
    )
    return [
        child for child in near.order_by("pk") if on - LATE < comes_of_age_on(child) <= on + ahead
    ]


def _youths(child: Child, on: date) -> QuerySet[Guardian]:
    own = Authority.objects.on(on).filter(child=child, kind__in=OWN)
    return Guardian.objects.at_home(on).filter(authorities__in=own).distinct()


def _parents(child: Child, on: date, *, is_now: bool) -> QuerySet[Guardian]:
    """Return who loses what they may see on the day; those with a paper of their own lose nothing then."""
    own = Authority.objects.filter(child=child, kind__in=OWN)
    if not is_now:
        return Guardian.objects.told_about(child, on).exclude(authorities__in=own)
    ended = Authority.objects.filter(child=child, may_see=True, ends_on=comes_of_age_on(child))
    still = Authority.objects.on(on).filter(child=child)
    blocked = child.blocks.on(on).guardians()
    return (
        Guardian.objects.at_home(on)
        .filter(authorities__in=ended)
        .exclude(authorities__in=own)
        .exclude(authorities__in=still)
        .exclude(pk__in=blocked)
        .distinct()
    )


def _write(
    name: str, child: Child, to: Iterable[Guardian], about: Child | None, on: date, *, by: User
) -> int:
    key, count = f"intake/{name}", 0
    for guardian in to:
        before = Message.objects.filter(key=key, to_guardian=guardian)
        if is_kept_away(guardian, about, on) or before.about(child).exists():
            continue
        queue(
            key=key,
            guardian=guardian,
            child=about,
            about=child,
            values={
                "youth": child.called,
                "age": comes_of_age_on(child).year - child.date_of_birth.year,
                "birthday": comes_of_age_on(child),
            },
            also_on_paper=True,
            by=by,
        )
        count += 1
    return count


def _ask_to_add(child: Child, on: date, *, by: User) -> int:
    """Ask a worker, once, to add a youth as a person of their own, so that letters reach them."""
    if Task.objects.filter(kind=ADD_YOUTH).about(child).exists():
        return 0
    serving = who_serves(program=child.program, child=child, household=None, on=on)
    ask_for(
        program=child.program,
        kind=ADD_YOUTH,
        title=gettext_noop("Add a youth who comes of age, so that letters reach them"),
        why=gettext_noop("From the birthday the youth decides. We have no way to write to them."),
        due_on=comes_of_age_on(child),
        office=serving.office if serving else None,
        owner=serving.worker if serving else None,
        child=child,
        about=child,
        by=by,
    )
    return 1
