"""Writing down what a household tells, page by page."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_noop

from cms_portal import programs
from cms_portal.audit.tracking import save_tracked
from cms_portal.documents import actions as documents
from cms_portal.documents.models import Document
from cms_portal.families import actions as families
from cms_portal.families.models import Address, Child, Guardian, Household
from cms_portal.offices import places
from cms_portal.offices.working_days import working_days_after
from cms_portal.work.actions import ask_for
from intake import told
from intake.actions import kept_answers, provenance
from intake.models import Application, Assessment, KeptAnswer

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.offices.models import County

READ_WITHIN_WORKING_DAYS = 2
_KEPT = KeptAnswer.objects.filter(application=OuterRef("application"))


class AlreadySent(ValueError):
    """The answers were sent in the meantime, perhaps from another tab; they no longer change here."""


# Part of its page's transaction: whoever may be told AlreadySent holds the application before.
@transaction.atomic(savepoint=False)
def record(
    *,
    application: Application,
    step: str,
    columns: dict[str, Any],
    by: User,
    at: datetime,
    is_new: bool = False,
) -> Assessment:
    """Keep the answers of one page that are columns, and who said them.

    `is_new` says that answers of the page that are kept elsewhere were changed.
    """
    assessment = _lock(application, by)
    is_new |= any(getattr(assessment, name) != value for name, value in columns.items())
    for name, value in columns.items():
        setattr(assessment, name, value)
    return _keep_page(application, step, is_new=is_new, by=by, at=at)


def _keep_page(
    application: Application, step: str, *, is_new: bool, by: User, at: datetime
) -> Assessment:
    assessment = application.assessment
    assessment.saved_at = at
    save_tracked(assessment, by=by, reason=f"answered: {step}")
    provenance.note_answered(application=application, step=step, is_new=is_new, by=by, at=at)
    if assessment.has_kept_answers:  # type: ignore[attr-defined]
        kept_answers.forget(application=application, step=step, by=by)
    return assessment


def hold(*, application: Application, by: User, household: bool = False) -> Application:
    """Keep others from writing until the caller's transaction ends, and read what they wrote before.

    `household` holds what several applications of a home share, too. Raises AlreadySent.
    """
    if household:
        # The home's row before the application's, as where an application is started.
        homes = Household.objects.select_for_update(of=("self",)).select_related("county")
        application.household = homes.get(pk=application.household_id)
    _lock(application, by)
    application.is_held = True
    return application


def _lock(application: Application, by: User) -> Assessment:
    """Return the answers under lock; a family's are closed once sent, a worker's when decided.

    What was read of the application before is read anew.
    """
    if application.is_held:
        told.read_anew(application, but_pages=True)
        return application.assessment
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
    told.read_anew(application)
    return assessment


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
    """Keep the rows of one page: those changed, by their key, and new ones at the end of the list."""
    assessment = _lock(application, by)
    kept = {row.pk: row for row in rows}
    following = rows.model.objects.filter(assessment=assessment).count()
    for place, (key, facts) in enumerate(given, following):
        row = kept.get(key) or rows.model(assessment=assessment, position=place)
        for name, value in facts.items():
            setattr(row, name, value)
        save_tracked(row, by=by, reason=f"answered: {step}")
    return _keep_page(application, step, is_new=bool(given), by=by, at=at)


@transaction.atomic
def record_seizure_medicine(
    *, application: Application, taken: bool | None, by: User, at: datetime
) -> Assessment:
    """Keep on each condition that may be epilepsy whether medicine is taken for it."""
    _lock(application, by)
    rows = [row for row in told.conditions_of(application) if told.may_be_epilepsy(row)]
    is_new = any(row.on_seizure_medication != taken for row in rows)
    for row in rows:
        row.on_seizure_medication = taken
        save_tracked(row, by=by, reason="answered: seizure-medicine")
    return _keep_page(application, "seizure-medicine", is_new=is_new, by=by, at=at)


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
    before = told.mailing_address(application)
    if not any(lines.values()) or (before and _same(before, lines)):
        return before
    address = families.set_address(
        household=application.household,
        kind=told.mailing_kind(application),
        starts_on=programs.get(application.program).today(),
        by=by,
        state=_state_of(lines.get("zip_code", ""), application.program),
        **lines,
    )
    told.read_anew(application)
    return address


def _state_of(zip_code: str, program: str) -> str:
    """Return the state that a ZIP code is in; the program's own for one that the post does not know."""
    place = places.of_zip_in(zip_code)
    return place.state if place else programs.get(program).state


def _same(address: Address, lines: dict[str, str]) -> bool:
    return all(getattr(address, name) == line for name, line in lines.items())


@transaction.atomic
def record_child(*, application: Application, facts: dict[str, Any], by: User) -> Child:
    """Keep what a page says of the child itself."""
    _lock(application, by)
    application.child = families.change_child(
        child=Child.objects.select_for_update().get(pk=application.child_id),
        by=by,
        reason="answered: child",
        **facts,
    )
    return application.child


@transaction.atomic
def record_contact(*, application: Application, facts: dict[str, Any], by: User) -> Guardian:
    """Keep how the guardian who applies wants to be reached, and in which language."""
    _lock(application, by)
    guardian = families.change_guardian(
        guardian=told.contact_of(application), by=by, reason="answered: contact", **facts
    )
    told.read_anew(application)
    return guardian


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
    return _keep_page(application, "papers", is_new=bool(files), by=by, at=at)


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
    told.read_anew(application)
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
