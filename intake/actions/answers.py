"""Writing down what a household tells, page by page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_noop

from cms_portal import programs
from cms_portal.audit.tracking import save_tracked
from cms_portal.database.prepared import prepared
from cms_portal.documents import actions as documents
from cms_portal.documents.models import Document
from cms_portal.families import actions as families
from cms_portal.families.models import Address, AddressKind, Guardian
from cms_portal.offices import places
from cms_portal.offices.working_days import working_days_after
from cms_portal.work.actions import ask_for
from intake.actions import kept_answers
from intake.models import Application, Assessment, IncomeLine, KeptAnswer, ReportedCondition

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.offices.models import County

T = TypeVar("T")

# How epilepsy is told in English or Spanish, where nobody has given it a code yet.
_EPILEPSY_WORDS = ("epilep", "seizure", "convulsi", "ataque")

READ_WITHIN_WORKING_DAYS = 2
_KEPT = KeptAnswer.objects.filter(application=OuterRef("application"))


class AlreadySent(ValueError):
    """The answers were sent in the meantime, perhaps from another tab; they no longer change here."""


@transaction.atomic
def record(
    *, application: Application, step: str, columns: dict[str, Any], by: User, at: datetime
) -> Assessment:
    """Keep the answers of one page, and that the page was answered."""
    assessment = _lock(application, by)
    for name, value in columns.items():
        setattr(assessment, name, value)
    if step not in assessment.steps_done:
        assessment.steps_done = [*assessment.steps_done, step]
    assessment.saved_at = at
    save_tracked(assessment, by=by, reason=f"answered: {step}")
    if assessment.has_kept_answers:  # type: ignore[attr-defined]
        kept_answers.forget(application=application, step=step, by=by)
    return assessment


def _lock(application: Application, by: User) -> Assessment:
    """Return the answers under lock; a family's are closed once sent, a worker's when decided.

    What was read of the application before is read anew.
    """
    # The application's row before the answers', as everywhere: so two never wait for each other.
    assessment = (
        Assessment.objects.select_for_update(of=("application", "self"))
        .select_related("application")
        .annotate(has_kept_answers=Exists(_KEPT))
        .get(application=application)
    )
    current = assessment.application
    if not (current.is_open if by.is_staff_member else current.is_draft):
        raise AlreadySent(current.number)
    application.assessment = assessment
    _read_anew(application)
    return assessment


def _read_anew(application: Application) -> None:
    for read in (contact_of, papers_of):
        vars(application).pop(_place_of(read), None)


def _read_once(read: Callable[[Application], T]) -> Callable[[Application], T]:
    """Keep on one application in memory what several of its pages ask for, until it is written to."""

    @wraps(read)
    def kept(application: Application) -> T:
        place = _place_of(read)
        if place not in vars(application):
            vars(application)[place] = read(application)
        found: T = vars(application)[place]
        return found

    return kept


def _place_of(read: Callable[..., Any]) -> str:
    return f"_{read.__name__}"


@transaction.atomic
def record_rows(
    *,
    application: Application,
    step: str,
    rows: Any,
    given: list[tuple[int | None, dict[str, Any]]],
    by: User,
    at: datetime,
) -> Assessment:
    """Keep the rows of one page: those changed by their place in the list, and new ones at its end."""
    assessment = _lock(application, by)
    kept = list(rows)
    for position, facts in given:
        is_new = position is None or position >= len(kept)
        if is_new:
            kept.append(rows.model(assessment=assessment, position=len(kept)))
        row = kept[-1 if is_new else position]  # type: ignore[index]
        for name, value in facts.items():
            setattr(row, name, value)
        save_tracked(row, by=by, reason=f"answered: {step}")
    return record(application=application, step=step, columns={}, by=by, at=at)


@transaction.atomic
def record_seizure_medicine(
    *, application: Application, taken: bool | None, by: User, at: datetime
) -> Assessment:
    """Keep on each condition that may be epilepsy whether medicine is taken for it."""
    _lock(application, by)
    for row in conditions_of(application):
        if may_be_epilepsy(row):
            row.on_seizure_medication = taken
            save_tracked(row, by=by, reason="answered: seizure-medicine")
    return record(application=application, step="seizure-medicine", columns={}, by=by, at=at)


@transaction.atomic
def record_address(
    *, application: Application, county: County, lines: dict[str, str], by: User
) -> Address | None:
    """Keep the county, and the mailing address if one was given; where the home is, nobody needs to say."""
    _lock(application, by)
    if application.household.county != county:
        application.household = families.change_household(
            household=application.household, by=by, reason="answered: address", county=county
        )
    before = mailing_address(application)
    if not any(lines.values()) or (before and _same(before, lines)):
        return before
    return families.set_address(
        household=application.household,
        kind=_mailing_kind(application),
        starts_on=programs.get(application.program).today(),
        by=by,
        state=_state_of(lines.get("zip_code", ""), application.program),
        **lines,
    )


def _state_of(zip_code: str, program: str) -> str:
    """Return the state that a ZIP code is in; the program's own for one that the post does not know."""
    place = places.of_zip_in(zip_code)
    return place.state if place else programs.get(program).state


def _same(address: Address, lines: dict[str, str]) -> bool:
    return all(getattr(address, name) == line for name, line in lines.items())


def _mailing_kind(application: Application) -> str:
    confidential = application.household.address_is_confidential
    return AddressKind.SUBSTITUTE if confidential else AddressKind.MAILING


def mailing_address(application: Application) -> Address | None:
    """Return where letters of this household go today, if it said so."""
    today = programs.get(application.program).today()
    addresses = application.household.addresses.on(today)
    return addresses.filter(kind=_mailing_kind(application)).first()


@transaction.atomic
def record_contact(*, application: Application, facts: dict[str, Any], by: User) -> Guardian:
    """Keep how the guardian who applies wants to be reached, and in which language."""
    _lock(application, by)
    guardian = families.change_guardian(
        guardian=contact_of(application), by=by, reason="answered: contact", **facts
    )
    _read_anew(application)
    return guardian


@_read_once
def contact_of(application: Application) -> Guardian:
    """Return the guardian with whom we speak about this application: who started it, or the first.

    Of those who may see the child today; where nobody may, any of the home, to whom nothing is sent.
    """
    today = programs.get(application.program).today()
    home = application.household.guardians.order_by("pk")
    guardians = _told_at_home(application.household_id, application.child_id, today) or list(home)
    own = [g for g in guardians if g.user_id == application.started_by_id]
    return (own or guardians)[0]


@prepared
def _told_at_home(household: Any, child: Any, on: Any) -> QuerySet:
    home = Guardian.objects.filter(household=household).order_by("pk")
    return home.told_about(child, on).select_related("household")


@transaction.atomic
def record_papers(
    *, application: Application, kind: str, files: list[Any], by: User, at: datetime
) -> Assessment:
    """Keep a paper, if one was given, and that the page was answered."""
    _lock(application, by)
    if files:
        documents.add_document(
            program=application.program,
            household=application.household,
            child=application.child,
            kind=kind,
            files=files,
            by=by,
        )
    return record(application=application, step="papers", columns={}, by=by, at=at)


@transaction.atomic
def add_paper(
    *, application: Application, kind: str, files: list[Any], by: User, at: datetime
) -> Document:
    """Keep a paper that comes after sending; one from the family is for its worker to read."""
    document = documents.add_document(
        program=application.program,
        household=application.household,
        child=application.child,
        kind=kind,
        files=files,
        by=by,
    )
    _read_anew(application)
    if not by.is_staff_member:
        _ask_to_read(application, by=by, at=at)
    return document


def _ask_to_read(application: Application, *, by: User, at: datetime) -> None:
    program = programs.get(application.program)
    ask_for(
        program=program.code,
        kind="read_paper",
        title=gettext_noop("Read a new paper"),
        why=gettext_noop("The family added a paper to its application."),
        due_on=working_days_after(
            program=program,
            day=timezone.localdate(at, program.timezone),
            count=READ_WITHIN_WORKING_DAYS,
        ),
        office=application.office,
        owner=application.worker,
        child=application.child,
        about=application,
        by=by,
    )


@_read_once
def papers_of(application: Application) -> QuerySet[Document]:
    """Return the papers this household gave for this child."""
    return (
        Document.objects.filter(household=application.household, child=application.child)
        .kept()
        .select_related("child", "given_by")
        .prefetch_related("files")
        .order_by("pk")
    )


def conditions_of(application: Application) -> list[ReportedCondition]:
    """Return the conditions told, in order; of one assessment in memory they are read once."""
    prefetch_related_objects([application.assessment], "conditions")
    return [row for row in application.assessment.conditions.all() if not row.is_withdrawn]


def income_of(application: Application) -> list[IncomeLine]:
    """Return the income told, in order; of one assessment in memory it is read once."""
    prefetch_related_objects([application.assessment], "income")
    return [row for row in application.assessment.income.all() if not row.is_withdrawn]


def may_be_epilepsy(condition: ReportedCondition) -> bool:
    """Say whether a condition is, or in a family's words may be, epilepsy (G40)."""
    if condition.icd10:
        return condition.icd10.startswith("G40")
    return any(word in condition.text.lower() for word in _EPILEPSY_WORDS)
