"""A paper that came answers what was asked, by the day it was sent; a mistake is taken back at once."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from cms_portal.access.roles import Permission
from cms_portal.audit.actions import note_access
from cms_portal.audit.models import AccessEvent
from cms_portal.audit.tracking import save_tracked
from cms_portal.documents.policies import DOCUMENTS
from cms_portal.work.models import Task
from intake.actions import filing
from intake.actions import information_requests as requests
from intake.actions.filing import Target
from intake.inbox import left_over
from intake.models import Filing, Status
from intake.paper_states import EnvelopeState
from intake.states import RequestState
from tests.documents.conftest import files_of_this_test  # noqa: F401
from tests.factories import FamilyFactory
from tests.factories.dates import NM, today
from tests.intake.paper import came, file_all, home, keys, may_open, read

DAY = timedelta(days=1)


def test_a_paper_that_was_asked_for_is_the_answer(office, ida, asked, sent):
    envelope = read(came(office, ida))
    paper = file_all(envelope, Target.of_request(asked), ida).document

    asked.refresh_from_db()
    assert asked.state == RequestState.ANSWERED
    assert asked.document == paper
    assert paper.kind == "diagnosis"
    assert Task.objects.open().get(kind="read_answer").owner == sent.worker


def test_our_time_runs_again_from_the_day_it_came_not_from_the_day_we_sorted_it(
    office, ida, asked, sent
):
    came_on = asked.asked_on + 3 * DAY
    envelope = read(came(office, ida, received_on=came_on))
    filing.file_pages(
        envelope=envelope,
        pages=keys(envelope),
        target=Target.of_request(asked),
        by=ida,
        at=timezone.now() + 9 * DAY,
    )

    asked.refresh_from_db()
    assert asked.closed_on == came_on


def close(request, by, days=40):
    requests.close_unanswered(request=request, by=by, at=timezone.now() + days * DAY)
    request.refresh_from_db()
    assert request.state == RequestState.NOT_RECEIVED


def late_mail(office, ida, request, *, postmarked_on, days):
    """Mail that comes, and is sorted, so many days after we asked."""
    received_on = request.asked_on + days * DAY
    envelope = read(came(office, ida, received_on=received_on, postmarked_on=postmarked_on))
    filing.file_pages(
        envelope=envelope,
        pages=keys(envelope),
        target=Target.of_request(request),
        by=ida,
        at=timezone.now() + days * DAY,
    )
    request.refresh_from_db()


def test_a_postmark_of_the_last_day_is_in_time_however_long_the_mail_took(office, ida, asked, sent):
    for one in list(sent.information_requests.open()):
        close(one, ida)
    late_mail(office, ida, asked, postmarked_on=asked.due_on, days=200)

    assert asked.state == RequestState.ANSWERED
    sent.refresh_from_db()
    assert sent.status == Status.IN_REVIEW
    assert Task.objects.open().filter(kind="read_answer", owner=sent.worker).exists()


def test_without_a_postmark_ninety_days_are_over_and_the_paper_is_kept(office, ida, asked, sent):
    close(asked, ida)
    late_mail(office, ida, asked, postmarked_on=None, days=200)

    assert asked.state == RequestState.NOT_RECEIVED
    kept = Filing.objects.get()
    assert kept.asked is None
    assert kept.document.household == sent.household
    assert Task.objects.open().filter(kind="read_paper").exists()


def test_a_family_opens_its_paper_only_once_a_mistake_could_be_undone(office, ida, rosa, sent):
    paper = file_all(read(came(office, ida)), home(rosa), ida).document

    assert may_open(ida, paper)
    assert not may_open(rosa.user, paper)
    paper.opens_on = today(NM)
    save_tracked(paper, by=ida, reason="the day has come")
    assert may_open(rosa.user, paper)


def test_a_wrong_match_is_gone_at_once_and_its_story_stays(office, ida, asked, rosa, sent):
    envelope = read(came(office, ida))
    filed = file_all(envelope, Target.of_request(asked), ida)
    filing.undo(filing=filed, by=ida, at=timezone.now())

    envelope.refresh_from_db()
    assert envelope.state == EnvelopeState.TO_SORT
    assert len(left_over(envelope)) == 1
    assert not DOCUMENTS.rows(rosa.user, Permission.DOCUMENT_VIEW).kept().exists()
    assert not may_open(ida, filed.document) or filed.document.files.available().count() == 0
    asked.refresh_from_db()
    assert asked.state == RequestState.OPEN
    assert asked.document is None
    sent.refresh_from_db()
    assert Filing.objects.get().undone_by == ida
    task = Task.objects.open().get(kind="filed_by_mistake")
    assert not task.is_urgent

    other = FamilyFactory(household__county=office.county)
    again = file_all(envelope, home(other), ida)
    assert again.document.household == other.household


def test_undoing_near_the_last_day_gives_the_family_time(office, ida, asked):
    filed = file_all(read(came(office, ida)), Target.of_request(asked), ida)
    at = timezone.now() + 29 * DAY
    filing.undo(filing=filed, by=ida, at=at)
    filing.undo(filing=filed, by=ida, at=at)

    asked.refresh_from_db()
    assert asked.due_on >= at.date() + 9 * DAY


def test_what_another_family_opened_is_said_to_the_privacy_officer(office, ida, rosa):
    filed = file_all(read(came(office, ida)), home(rosa), ida)
    file = filed.document.files.get()
    note_access(
        by=rosa.user,
        page="documents:file",
        child=rosa.child,
        subject=file,
        action=AccessEvent.Action.DOWNLOAD,
    )
    filing.undo(filing=filed, by=ida, at=timezone.now())

    task = Task.objects.open().get(kind="filed_by_mistake")
    assert task.is_urgent
    assert "privacy officer" in task.why
