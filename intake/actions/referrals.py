"""Receiving a referral, and joining those about one child."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from cms_portal import programs
from cms_portal.accounts.actions import system_user
from cms_portal.accounts.models import User
from cms_portal.audit.tracking import save_tracked
from cms_portal.offices.models import Office
from cms_portal.offices.working_days import working_days_after
from cms_portal.work.actions import ask_for, finish
from cms_portal.work.models import Task
from intake import routing, urgency
from intake.actions.referral_moves import locked, move
from intake.models import AddedNumber, Referral
from intake.referral_states import ReferralStatus
from intake.states import WrongMove

JOINED, NEW_NUMBER = "intake.referral_joined", "intake.referral_number"
# More numbers than anybody has of one family.
MOST_NUMBERS = 5


@transaction.atomic
def receive(*, program: str, start_key: uuid.UUID, at: datetime, by: User, **told: Any) -> Referral:
    """Keep a referral, and ask a person of the county's office to speak with the family.

    The same page sent twice is one referral. One about a child whom an open referral is about is joined
    to it, which nobody outside can see.
    """
    # All take turns here: of two at once about one child, the second sees the first.
    User.objects.select_for_update(no_key=True).get(pk=system_user().pk)
    key = _key_of(start_key, told)
    if (already := Referral.objects.filter(start_key=key).first()) is not None:
        return already
    office, worker = routing.office_and_worker(told.get("county"), program)
    referral = Referral(
        program=program,
        start_key=key,
        office=office,
        worker=worker,
        received_at=at,
        status_at=at,
        due_on=_due_on(office, told.get("urgency", ""), at),
        **told,
    )
    earlier = _about_the_same_child(referral)
    save_tracked(referral, by=by, reason="referral received")
    if earlier is None:
        _ask_for_contact(referral, by=by)
        return referral
    return join(referral=referral, to=earlier, by=by, at=at)


def _key_of(start_key: uuid.UUID, told: dict[str, Any]) -> uuid.UUID:
    """Return a page's key made its content's own: what was changed and sent again is not lost."""
    return uuid.uuid5(start_key, repr(sorted((name, str(value)) for name, value in told.items())))


def _due_on(office: Office, urgent: str, at: datetime) -> Any:
    if urgent:
        return urgency.same_working_day(office=office, at=at)
    program = programs.get(office.program)
    return working_days_after(
        program=program,
        day=at.astimezone(program.timezone).date(),
        count=program.clock("first_contact_working_days"),
    )


def _about_the_same_child(new: Referral) -> Referral | None:
    """Return the first open referral about the same child: by name and birthday, or by phone and a name.

    A phone alone is not enough: a family refers two of its children by the same one.
    """
    others = Referral.objects.open().filter(program=new.program).order_by("received_at", "pk")
    alike = others.about(first_name=new.first_name, last_name=new.last_name, born_on=new.born_on)
    if (same := alike.first()) is not None:
        return same
    called = Q(first_name__plain=new.first_name) | Q(last_name__plain=new.first_name)
    for phone in filter(None, (new.phone, new.other_phone)):
        if (same := others.with_phone(phone).filter(called).first()) is not None:
            return same
    return None


def _ask_for_contact(referral: Referral, *, by: User) -> Task:
    return urgency.ask_for_contact(
        about=referral,
        office=referral.office,
        worker=referral.worker,
        due_on=referral.due_on,
        is_urgent=referral.is_urgent,
        by=by,
    )


@transaction.atomic
def join(*, referral: Referral, to: Referral, by: User, at: datetime) -> Referral:
    """Join a referral to an earlier one about the same child, which gets as urgent as the joined one.

    Raises WrongMove where either is over, or where they are one.
    """
    # Both at once and in order: two workers who join them the other way around wait for one another.
    list(Referral.objects.select_for_update().filter(pk__in=[referral.pk, to.pk]).order_by("pk"))
    referral, to = locked(referral), locked(to)
    if not to.is_open or to == referral or to.program != referral.program:
        raise WrongMove(to.status, ReferralStatus.JOINED)
    for one in referral.joined.all():
        one.joined_to = to
        save_tracked(one, by=by, reason="joined to the same referral")
    referral.joined_to = to
    move(referral, ReferralStatus.JOINED, by=by, at=at, reason="about the same child")
    if referral.is_urgent and not to.is_urgent and to.is_waiting:
        _make_urgent(to, referral, by=by, at=at)
    _ask_to_read(to, referral, by=by, at=at)
    return referral


def _make_urgent(main: Referral, joined: Referral, *, by: User, at: datetime) -> None:
    main.urgency, main.due_on = joined.urgency, min(main.due_on, joined.due_on)
    save_tracked(main, by=by, reason="urgent by a referral joined to it")
    _replace_what_could_wait(main, urgency.CONTACT, by=by, at=at)
    _ask_for_contact(main, by=by)


def _replace_what_could_wait(main: Referral, kind: str, *, by: User, at: datetime) -> None:
    """Close the task that could wait, so that the one asked for next is urgent."""
    for task in Task.objects.open().about(main).filter(kind=kind, is_urgent=False):
        finish(task=task, by=by, at=at, outcome="urgent now")


def _ask_to_read(main: Referral, joined: Referral, *, by: User, at: datetime) -> Task:
    if joined.is_urgent:
        _replace_what_could_wait(main, JOINED, by=by, at=at)
    return ask_for(
        program=main.program,
        kind=JOINED,
        title=gettext_noop("Read what somebody else wrote about a child referred to us"),
        due_on=joined.due_on,
        office=main.office,
        owner=main.worker,
        child=main.child,
        about=main,
        is_urgent=joined.is_urgent,
        by=by,
    )


@transaction.atomic
def add_number(*, referral: Referral, phone: Any, by: User, at: datetime) -> bool:
    """Keep another phone of the family and ask to try it; say whether it is kept.

    The same number twice is one; of a referral that is over, or has numbers enough, none is kept.
    """
    referral = locked(referral)
    main = referral.joined_to or referral
    if not main.is_waiting or referral.numbers.count() >= MOST_NUMBERS:
        return False
    if referral.numbers.filter(phone=phone).exists():
        return True
    added = AddedNumber(referral=referral, phone=phone, added_at=at)
    save_tracked(added, by=by, reason="given by who referred")
    program = programs.get(main.program)
    today = at.astimezone(program.timezone).date()
    ask_for(
        program=main.program,
        kind=NEW_NUMBER,
        title=gettext_noop("Try a new phone number of a family"),
        due_on=working_days_after(program=program, day=today, count=1),
        office=main.office,
        owner=main.worker,
        about=main,
        is_urgent=main.is_urgent,
        by=by,
    )
    return True
