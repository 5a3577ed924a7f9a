"""Making pages that came on paper the paper of one child and household, and taking that back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from cms_portal import programs
from cms_portal.accounts.models import UserKind
from cms_portal.audit.models import AccessEvent
from cms_portal.audit.tracking import save_tracked
from cms_portal.documents import actions as documents
from cms_portal.documents.models import Document, DocumentKind, FilePage, FileState
from cms_portal.families.serving import who_serves
from cms_portal.offices.working_days import working_days_after
from cms_portal.work.actions import ask_for
from intake.actions import information_requests
from intake.asking import ASKS
from intake.inbox import left_over, locked
from intake.models import Application, Envelope, Filing, InformationRequest
from intake.paper_states import EnvelopeState
from intake.states import WrongMove

if TYPE_CHECKING:
    from cms_portal.accounts.models import User
    from cms_portal.families.models import Child, Household


class PagesTaken(ValueError):
    """Some of these pages were sorted meanwhile, or are not of this envelope."""


class WrongHome(ValueError):
    """The child was never of this household."""


@dataclass(frozen=True)
class Target:
    """Where pages go: to a child and the household that sent them, perhaps for something asked for."""

    child: Child
    household: Household
    application: Application | None = None
    request: InformationRequest | None = None

    @classmethod
    def of_application(cls, application: Application) -> Target:
        return cls(application.child, application.household, application)

    @classmethod
    def of_request(cls, request: InformationRequest) -> Target:
        application = request.application
        return cls(application.child, application.household, application, request)


@transaction.atomic
def file_pages(
    *,
    envelope: Envelope,
    pages: Sequence[int],
    target: Target,
    by: User,
    at: datetime,
    kind: str = "",
    is_by_cover_sheet: bool = False,
) -> Filing:
    """File pages as one paper; what was asked for is answered, and the worker is told in any case.

    The paper belongs to the household that sent it and to no other home of the child. Where the request
    can no longer be answered, the paper is kept with the application all the same. Raises PagesTaken,
    and WrongHome for a household that the child was never of.
    """
    envelope = locked(envelope)
    chosen = _chosen(envelope, pages)
    if not target.child.memberships.filter(household=target.household).exists():
        raise WrongHome(target.household)
    paper = documents.add_pages(
        program=envelope.program,
        household=target.household,
        child=target.child,
        kind=kind or _kind_asked_for(target),
        pages=chosen,
        came_on=envelope.received_on,
        opens_on=_opens_on(envelope, at),
        by=by,
        at=at,
        reason="came on paper",
    )
    filing = Filing(
        envelope=envelope,
        pages=list(pages),
        document=paper,
        application=target.application,
        asked=_answered(target.request, paper, envelope, by=by, at=at),
        is_by_cover_sheet=is_by_cover_sheet,
        filed_by=by,
        filed_at=at,
    )
    save_tracked(filing, by=by, reason="filed")
    if filing.asked is None:
        _ask_to_read(target, by=by, on=_today(envelope, at))
    _close_if_sorted(envelope, by=by, at=at)
    return filing


@transaction.atomic
def set_aside(*, envelope: Envelope, pages: Sequence[int], by: User, at: datetime) -> Filing:
    """Leave pages with the envelope that are nobody's paper: empty ones, cover sheets without a word."""
    envelope = locked(envelope)
    _chosen(envelope, pages)
    filing = Filing(envelope=envelope, pages=list(pages), filed_by=by, filed_at=at)
    save_tracked(filing, by=by, reason="set aside")
    _close_if_sorted(envelope, by=by, at=at)
    return filing


def _chosen(envelope: Envelope, keys: Sequence[int]) -> list[FilePage]:
    free = {page.pk: page for page in left_over(envelope)}
    if not keys or len(set(keys)) != len(keys) or not free.keys() >= set(keys):
        raise PagesTaken(envelope)
    return [free[key] for key in keys]


def _kind_asked_for(target: Target) -> str:
    asked = ASKS[target.request.rule].kind if target.request else ""
    return asked or DocumentKind.OTHER


def _opens_on(envelope: Envelope, at: datetime) -> date:
    days = programs.get(envelope.program).clock("filed_paper_opens_days")
    return _today(envelope, at) + timedelta(days=days)


def _answered(
    request: InformationRequest | None,
    paper: Document,
    envelope: Envelope,
    *,
    by: User,
    at: datetime,
) -> InformationRequest | None:
    """Answer a request with a paper; return None where it cannot be answered any more."""
    if request is None:
        return None
    try:
        with transaction.atomic():
            return information_requests.answer_on_paper(
                request=request,
                paper=paper,
                sent_on=envelope.counts_on,
                came_on=envelope.received_on,
                by=by,
                at=at,
            )
    except (information_requests.TooLate, WrongMove):
        return None


def _ask_to_read(target: Target, *, by: User, on: date) -> None:
    """Ask who serves the family to read what nobody had asked for."""
    child, application = target.child, target.application
    serving = who_serves(program=child.program, child=child, household=target.household, on=on)
    ask_for(
        program=child.program,
        kind="read_paper",
        title=gettext_noop("Read a paper that came by mail, fax or by hand"),
        due_on=working_days_after(
            program=programs.get(child.program),
            day=on,
            count=information_requests.READ_WITHIN_WORKING_DAYS,
        ),
        office=application.office if application else serving.office if serving else None,
        owner=application.worker if application else serving.worker if serving else None,
        child=child,
        about=application or child,
        by=by,
    )


def _close_if_sorted(envelope: Envelope, *, by: User, at: datetime) -> None:
    """Close an envelope of which nothing is left, if any of it was filed with a child.

    One with a file that waits, or that could not be used, stays for a person to look at.
    """
    is_whole = not envelope.scans.exclude(
        laid_out_at__isnull=False, is_unreadable=False, file__state=FileState.AVAILABLE
    ).exists()
    is_filed = envelope.filings.standing().exclude(document=None).exists()
    if is_whole and is_filed and not left_over(envelope):
        envelope.move_to(EnvelopeState.FILED, by=by, at=at, reason="all pages sorted")


@transaction.atomic
def undo(*, filing: Filing, by: User, at: datetime) -> Filing:
    """Take back what was filed with the wrong child: at once nobody is shown it there any more.

    What it seemed to answer is asked again, a worker looks at what was decided by it, and where another
    family has opened it, somebody is asked to tell the privacy officer. Undoing twice undoes once.
    Raises NotAllowedHere for a paper on which somebody's right to speak for the child rests.
    """
    envelope = locked(filing.envelope)
    filing = Filing.objects.select_for_update(of=("self",)).get(pk=filing.pk)
    if filing.undone_at is not None:
        return filing
    if filing.document is not None:
        documents.withdraw(document=filing.document, by=by, at=at, reason="filed by mistake")
        _tell_of_mistake(filing, filing.document, by=by, on=_today(envelope, at))
    if filing.asked is not None and filing.asked.document_id == filing.document_id:
        information_requests.ask_again(request=filing.asked, by=by, at=at)
    filing.undone_by, filing.undone_at = by, at
    save_tracked(filing, by=by, reason="filed by mistake")
    if envelope.state in (EnvelopeState.FILED, EnvelopeState.NOT_OURS):
        envelope.move_to(EnvelopeState.TO_SORT, by=by, at=at, reason="filed by mistake")
    return filing


def _tell_of_mistake(filing: Filing, paper: Document, *, by: User, on: date) -> None:
    opened = was_opened_by_family(paper)
    application = filing.application
    ask_for(
        program=paper.program,
        kind="filed_by_mistake",
        title=gettext_noop("A paper was filed with the wrong child"),
        why=(
            gettext_noop("The family opened it. Tell the privacy officer today.")
            if opened
            else gettext_noop("The family did not open it. Look at what was decided with it.")
        ),
        due_on=on,
        office=application.office if application else filing.envelope.office,
        owner=application.worker if application else None,
        child=paper.child,
        about=paper,
        is_urgent=opened,
        by=by,
    )


def was_opened_by_family(paper: Document) -> bool:
    """Say whether anybody of a family has opened a file of a paper."""
    files = [str(key) for key in paper.files.values_list("pk", flat=True)]
    return AccessEvent.objects.filter(
        action=AccessEvent.Action.DOWNLOAD,
        subject_type="documents.documentfile",
        subject_id__in=files,
        actor__kind=UserKind.FAMILY,
    ).exists()


def _today(envelope: Envelope, at: datetime) -> date:
    return timezone.localdate(at, programs.get(envelope.program).timezone)
