"""Who may see a child, and who looked: as much of it as one person may know."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cms_portal import programs
from cms_portal.accounts.models import UserKind
from cms_portal.audit.models import AccessEvent
from cms_portal.audit.presenting import presenter_of
from cms_portal.audit.timeline import Entry, folded, look
from cms_portal.families import standing
from cms_portal.families.models import CUSTODY, Authority, AuthorityKind, Child

if TYPE_CHECKING:
    from cms_portal.accounts.models import User

# Who is in charge of the whole record, and so may know of everybody's rights over it.
IN_CHARGE = (AuthorityKind.OWN_APPLICANT, *CUSTODY)

AT_A_GLANCE, RECENT = 5, 50


def speaks_as(user: User, child: Child, on: date) -> set[str]:
    """Return the kinds of authority by which a person speaks for a child on a day."""
    return standing.of(user).kinds_over(child.pk, on, [child.program])


def is_in_charge(user: User, child: Child, on: date) -> bool:
    return not speaks_as(user, child, on).isdisjoint(IN_CHARGE)


def homes_of(user: User, child: Child, on: date) -> list[int]:
    """Return the person's own homes in the program that keeps the child's record."""
    return standing.of(user).homes(on, [child.program])


def adults_shown(user: User, child: Child, on: date) -> QuerySet[Authority]:
    """Return the authorities over a child that a family member may know of.

    Their own home's. Another home is not told, not even that it is known here: only the youth in charge,
    and an agency with custody, see everybody.
    """
    rows = (
        Authority.objects.on(on)
        .filter(child=child)
        .select_related("guardian")
        .order_by("starts_on", "pk")
    )
    if is_in_charge(user, child, on):
        return rows
    return rows.filter(guardian__household__in=homes_of(user, child, on))


def looks_shown(user: User, child: Child, on: date) -> QuerySet[AccessEvent]:
    """Return the read events of a child that a person may know of.

    A family member sees who of the staff looked at the child's own record, and everybody who looked at
    what their own home told. Who else of the family looked, and at what another home told, stays unsaid;
    so does a search for the child until it is known for which home it was.
    """
    events = AccessEvent.objects.about(child).select_related("actor")
    if user.is_staff_member:
        return events.newest_first()
    own = homes_of(user, child, on)
    record = Q(household__isnull=True, subject_type__in=["", Child._meta.label_lower])
    record &= ~Q(action=AccessEvent.Action.SEARCH)
    by_us = Q(actor__kind=UserKind.STAFF) | Q(actor__guardians__household__in=own)
    shown = AccessEvent.objects.about(child).filter(Q(household__in=own) | record & by_us)
    return events.filter(pk__in=shown.values("pk")).newest_first()


def looks_told(events: Any, child: Child, user: User) -> list[Entry]:
    """Return read events as sentences; what was looked at is named by its kind, not by itself.

    A family reads beside the name of a worker for which program they work.
    """
    nouns = _nouns()
    record = _("the record of %(child)s") % {"child": child}
    return [
        look(event, str(nouns.get(event.subject_type, record)), who=_as_a_family_knows(event, user))
        for event in events
    ]


def _as_a_family_knows(event: AccessEvent, user: User) -> str:
    if user.is_staff_member or event.actor is None or not event.actor.is_staff_member:
        return ""
    program = programs.get(event.program).short_name
    return _("%(name)s of %(program)s") % {"name": event.actor, "program": program}


def looks_at_a_glance(user: User, child: Child, on: date) -> list[Entry]:
    """Return the newest few looks of others, as sentences."""
    recent = looks_shown(user, child, on).exclude(actor=user)[:RECENT]
    return folded(looks_told(recent, child, user))[:AT_A_GLANCE]


@cache
def _nouns() -> dict[str, str | Promise]:
    return {
        model._meta.label_lower: presenter.noun
        for model in apps.get_models()
        if (presenter := presenter_of(model)).noun
    }
