"""Starting, sending and withdrawing an application."""

from __future__ import annotations

import hashlib
import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import get_language, gettext_noop

from cms_portal import programs
from cms_portal.accounts.actions import system_user
from cms_portal.accounts.models import User
from cms_portal.audit.tracking import save_tracked
from cms_portal.families import actions as families
from cms_portal.families import standing
from cms_portal.families.models import AssignmentKind, Child, Guardian, Household
from cms_portal.offices.models import Office, Region
from eligibility import actions as eligibility
from eligibility.models import Determination
from intake import messages, routing
from intake.actions import carrying, clock, condition_reviews, kept_answers, loose_ends
from intake.facts import facts_of
from intake.journeys import journey_of
from intake.living import check_lives
from intake.models import Application, Assessment, Channel, Helper, Signature, Status
from intake.words import WORDS_VERSION


class NotReady(ValueError):
    """Some pages still need an answer before the application can be sent."""


@transaction.atomic
def start(
    *, child: Child, household: Household, channel: str, start_key: uuid.UUID, by: User
) -> Application:
    """Start an application, or return the one that is open; a page sent twice starts one.

    One household has one open application for a child. Another household's is its own matter: nothing
    here depends on it. Raises ChildDied.
    """
    Household.objects.select_for_update().get(pk=household.pk)
    check_lives(child)
    key = _own_key(start_key, by)
    already = Application.objects.filter(start_key=key).first() or (
        Application.objects.open().filter(child=child, household=household).first()
    )
    if already is not None:
        return _go_on_with(already, channel, by)
    application = Application(
        program=child.program,
        child=child,
        household=household,
        channel=channel,
        start_key=key,
        started_by=by,
    )
    save_tracked(application, by=by, reason="application started")
    save_tracked(Assessment(application=application), by=by, reason="application started")
    carrying.carry_what_is_known(application=application, by=by)
    return application


def _go_on_with(application: Application, channel: str, by: User) -> Application:
    """Return the open application; a family's draft that a worker goes on with is now taken by them."""
    if application.is_draft and by.is_staff_member and application.channel == Channel.WEB:
        application.channel = channel
        save_tracked(application, by=by, reason="the family goes on with a worker")
    return application


@transaction.atomic
def open_record_and_start(
    *,
    program: str,
    child: dict[str, Any],
    guardian: dict[str, Any],
    relation: str,
    channel: str,
    start_key: uuid.UUID,
    on: date,
    by: User,
    user: User | None,
) -> Application:
    """Open the record of a child we do not know yet, and start the application.

    A person with an account keeps one household, and one record of a child told of twice, as from a
    second tab; a caller without one gets a new one.
    """
    User.objects.select_for_update().get(pk=by.pk)  # the same page sent twice takes turns here
    start_key = _key_of_child(start_key, child)
    already = Application.objects.filter(start_key=_own_key(start_key, by)).first()
    if already is not None:
        return already
    speaks = _guardian(program=program, facts=guardian, on=on, by=by, user=user)
    its = _known_to(speaks, on=on, **child)
    if its is None:
        its = families.add_child(household=speaks.household, starts_on=on, by=by, **child)
        families.record_authority(guardian=speaks, child=its, kind=relation, starts_on=on, by=by)
    return start(child=its, household=speaks.household, channel=channel, start_key=start_key, by=by)


@transaction.atomic
def take_from_caller(
    *,
    program: str,
    office: Office | None,
    region: Region | None,
    on: date,
    by: User,
    **told: Any,
) -> Application:
    """Open the record of a caller's child, start the application, and give it to the worker's office."""
    application = open_record_and_start(program=program, on=on, by=by, user=None, **told)
    if not application.child.assignments.on(on).exists():
        families.assign(
            child=application.child,
            household=application.household,
            office=office or routing.office_in(region, program),
            worker=by,
            kind=AssignmentKind.INTAKE,
            starts_on=on,
            by=by,
            reason=gettext_noop("application taken from a caller"),
        )
    return application


def _own_key(start_key: uuid.UUID, by: User) -> uuid.UUID:
    """Return a page's key made the person's own: nobody finds another's application by sending its key."""
    return uuid.uuid5(start_key, str(by.pk))


def _key_of_child(start_key: uuid.UUID, child: dict[str, Any]) -> uuid.UUID:
    """Return a page's key made this child's own: the page gone back to serves for the next child, too."""
    identity = (child["first_name"], child["last_name"], child["date_of_birth"].isoformat())
    return uuid.uuid5(start_key, "\n".join(identity))


def _guardian(
    *, program: str, facts: dict[str, Any], on: date, by: User, user: User | None
) -> Guardian:
    """Return the person's row in the home that is open to them, or open one.

    In a home they left or are kept from, nobody but others could read what they tell.
    """
    if user is not None:
        homes = standing.of(user).homes(on, [program])
        rows = Guardian.objects.filter(user=user, household__in=homes).order_by("pk")
        if (own := rows.first()) is not None:
            return own
    household = families.open_household(program=program, by=by)
    return families.add_guardian(household=household, by=by, user=user, **facts)


def _known_to(
    guardian: Guardian, *, on: date, first_name: str, last_name: str, date_of_birth: date
) -> Child | None:
    """Return the child of these names and this birthday for whom the guardian may apply from this home."""
    if guardian.user is None:
        return None
    program = guardian.household.program
    mine = standing.of(guardian.user).children("may_apply", on, [program])
    here = guardian.household.memberships.on(on).filter(child__in=mine).values("child")
    return Child.objects.filter(
        pk__in=here,
        first_name__iexact=first_name,
        last_name__iexact=last_name,
        date_of_birth=date_of_birth,
    ).first()


@transaction.atomic
def submit(
    *, application: Application, name: str, words: str, way: str, by: User, at: datetime
) -> Application:
    """Send an application: every page is checked once more, the words are signed, an office answers for it.

    Sending it twice sends it once. Raises NotReady while a page is unfinished.
    """
    application = locked(application)
    if not application.is_draft:
        return application
    if journey_of(application.program).unfinished(application):
        raise NotReady(application.number)
    program = programs.get(application.program)
    today = at.astimezone(program.timezone).date()
    # An office even where nobody works just now: what a family sends is never turned away.
    application.office, application.worker = routing.office_and_worker(
        application.household.county, application.program
    )
    application.answer_due_on = today + timedelta(days=program.decision_days)
    application.move_to(Status.SUBMITTED, by=by, at=at, reason="sent by the family")
    kept_answers.forget(application=application, by=by)
    _sign(application, name=name, words=words, way=way, by=by, at=at)
    families.assign(
        child=application.child,
        household=application.household,
        office=application.office,
        worker=application.worker,
        kind=AssignmentKind.INTAKE,
        starts_on=today,
        by=by,
        reason=gettext_noop("application sent"),
    )
    ask_the_rules(application=application, by=system_user(), at=at)
    messages.received(application, by=by)
    return application


def locked(application: Application) -> Application:
    """Return the application under lock, with what the actions read of it."""
    Application.objects.select_for_update().get(pk=application.pk)
    # Read only now: what is joined to a row that one waits for is as it was before the waiting.
    return Application.objects.select_related("child", "household", "assessment").get(
        pk=application.pk
    )


def _sign(
    application: Application, *, name: str, words: str, way: str, by: User, at: datetime
) -> Signature:
    signature = Signature(
        application=application,
        words=words,
        words_version=WORDS_VERSION,
        words_sha256=hashlib.sha256(words.encode()).hexdigest(),
        language=get_language() or "en",
        name=name,
        way=way,
        signed_at=at,
        kept_by=by,
    )
    return save_tracked(signature, by=by, reason="signed")


@transaction.atomic
def ask_the_rules(*, application: Application, by: User, at: datetime) -> Determination:
    """Let the rules recommend on what is known now, as of today in the program's state."""
    application = locked(application)
    today = at.astimezone(programs.get(application.program).timezone).date()
    determination = eligibility.recommend(
        child=application.child,
        household=application.household,
        case_key=application.case_key,
        facts=facts_of(application, on=today),
        by=by,
        at=at,
    )
    condition_reviews.follow(application=application, determination=determination, by=by, at=at)
    clock.settle(application, at=at)
    clock.reckon_time(application=application, by=by, on=today)
    return determination


@transaction.atomic
def let_help(
    *,
    application: Application,
    helper: User,
    on: date,
    by: User,
    ends_on: date | None = None,
    given_by: User | None = None,
) -> Helper:
    """Let somebody fill in this one application with the family; they see nothing else.

    Whoever helps already goes on, until the day said last. `given_by` is who asked them, if not `by`.
    """
    already = Helper.objects.on(on).filter(application=application, user=helper).first()
    if already is not None and already.ends_on == ends_on:
        return already
    row = already or Helper(application=application, user=helper, starts_on=on)
    row.added_by, row.ends_on = given_by or by, ends_on
    return save_tracked(row, by=by, reason="the family let somebody help")


@transaction.atomic
def withdraw(*, application: Application, by: User, at: datetime, reason: str) -> Application:
    """End an open application, and what was asked for it, at the family's wish; another can be started."""
    application = locked(application)
    if not application.is_open:
        return application
    loose_ends.end(application, by=by, at=at, reason=reason)
    return application.move_to(Status.WITHDRAWN, by=by, at=at, reason=reason)


@transaction.atomic
def begin_review(*, application: Application, by: User, at: datetime) -> Application:
    """Note that a worker has taken the application up; a second one changes nothing."""
    application = locked(application)
    if application.status == Status.SUBMITTED:
        application.move_to(Status.IN_REVIEW, by=by, at=at, reason="review begun")
    return application
