"""Papers of authority that near their end, as tasks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_noop

from cms_portal.families.models import Authority
from cms_portal.families.models.authority import AuthorityQuerySet
from cms_portal.families.serving import who_serves
from cms_portal.offices.models import Office
from cms_portal.work.actions import ask_for
from cms_portal.work.models import Task

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.programs import Program

PAPER_ENDS = "authority_paper_ends"


def ending_soon(program: Program, on: date) -> AuthorityQuerySet:
    """Return the authorities whose paper ends within the notice, and for which nobody was asked yet."""
    asked = Task.objects.filter(
        kind=PAPER_ENDS, about_type=ContentType.objects.get_for_model(Authority)
    )
    return (
        Authority.objects.on(on)
        .filter(child__program=program.code, child__died_on__isnull=True)
        .with_papers_ending_before(on + timedelta(days=settings.AUTHORITY_PAPER_NOTICE_DAYS + 1))
        .exclude(pk__in=asked.values("about_id"))
    )


def ask_for_new_papers(*, program: Program, on: date, by: User) -> int:
    """Make one task for each paper that ends soon, and return how many; a second run makes none."""
    ending = (
        ending_soon(program, on)
        .select_related("child", "guardian__household")
        .order_by("paper_ends_on", "pk")
    )
    for authority in ending:
        serving = who_serves(
            program=program.code,
            child=authority.child,
            household=authority.guardian.household,
            on=on,
        )
        ask_for(
            program=program.code,
            kind=PAPER_ENDS,
            title=gettext_noop("Ask for a new paper of authority"),
            why=gettext_noop("The paper by which an adult speaks for the child ends on this day."),
            due_on=authority.paper_ends_on,
            office=serving.office if serving else _central_office(program),
            owner=serving.worker if serving else None,
            child=authority.child,
            about=authority,
            by=by,
        )
    return len(ending)


def _central_office(program: Program) -> Office | None:
    return Office.objects.filter(program=program.code, is_central=True).order_by("pk").first()
