"""Paper that comes in is kept whole, checked, laid out, and filed with the child whose it is."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms_portal.access.roles import Permission
from cms_portal.documents import pages as laid
from cms_portal.documents import storing
from cms_portal.documents.models import DocumentFile, FilePage, FileState
from cms_portal.documents.policies import DOCUMENTS, FILES
from cms_portal.families.actions import NotAllowedHere
from cms_portal.work.models import Task
from intake.actions import filing, paper_mail
from intake.actions.filing import Target
from intake.inbox import left_over, pages_of
from intake.models import Envelope
from intake.paper_states import ENVELOPE_MOVES, CameBy, EnvelopeState
from intake.states import WrongMove
from tests.documents.conftest import files_of_this_test  # noqa: F401
from tests.documents.files import pdf, photo
from tests.factories import FamilyFactory, SecondHomeFactory
from tests.factories.dates import NM, today
from tests.intake.paper import came, file_all, home, keys, read, scanned, sheet, upload

DAY = timedelta(days=1)


def test_the_table_of_moves_names_every_state():
    assert set(ENVELOPE_MOVES) == set(EnvelopeState)
    assert all(ENVELOPE_MOVES.values()), "whatever is closed can be opened again"


def test_nobody_reaches_the_files_before_they_are_filed(office, ida, sam, rosa):
    read(came(office, ida))
    file = DocumentFile.objects.get()

    assert file.state == FileState.AVAILABLE
    for person in (ida, sam, rosa.user):
        assert not FILES.rows(person, Permission.DOCUMENT_VIEW).exists()


def test_an_envelope_is_kept_whole_and_its_pages_are_laid_out(office, ida):
    first, second = scanned(sheet("one"), sheet("two")), photo()
    envelope = read(came(office, ida, first, second, photos=[photo()]))

    assert envelope.state == EnvelopeState.TO_SORT
    assert [page.number for page in pages_of(envelope)] == [1, 2, 1]
    whole = envelope.scans.filter(shows_envelope=False).first().file
    assert storing.read(whole.stored_as) == first
    assert FilePage.objects.count() == 4


def test_the_same_form_sent_twice_takes_in_one(office, ida):
    key = uuid.uuid4()
    assert came(office, ida, start_key=key) == came(office, ida, start_key=key)
    assert Envelope.objects.count() == 1


def test_a_locked_or_harmful_file_loses_none_beside_it(office, ida):
    bad = [pdf(password="secret"), pdf(javascript="app.alert(1)"), b"%PDF-1.4 nothing"]
    envelope = read(came(office, ida, *bad, scanned(sheet())))

    refused = [scan.file.refused_because for scan in envelope.scans.all() if scan.is_refused]
    assert refused == ["locked", "active", "unreadable"]
    assert len(left_over(envelope)) == 1
    assert envelope.state == EnvelopeState.TO_SORT


def test_while_the_scanner_is_down_it_is_being_checked_and_never_lost(office, ida, settings):
    settings.FILE_SCANNER = "127.0.0.1:1"
    envelope = read(came(office, ida))
    assert envelope.state == EnvelopeState.RECEIVED
    assert not FilePage.objects.exists()

    settings.FILE_SCANNER = ""
    assert read(envelope).state == EnvelopeState.TO_SORT
    assert len(left_over(envelope)) == 1


def test_reading_twice_lays_out_once(office, ida):
    envelope = read(read(came(office, ida)))
    assert FilePage.objects.count() == 1
    assert envelope.state == EnvelopeState.TO_SORT


def test_what_a_crash_left_is_swept_but_no_page(office, ida):
    read(came(office, ida))
    storing.remove_unnamed(timezone.now() + 2 * DAY)
    assert laid.small(FilePage.objects.get(), 200)[:2] == b"\xff\xd8"


@pytest.mark.parametrize(
    "told",
    [
        {"came_by": CameBy.FAX, "postmarked_on": today(NM)},
        {"came_by": CameBy.MAIL, "postmarked_on": today(NM) + DAY, "received_on": today(NM)},
    ],
)
def test_only_mail_has_a_postmark_and_never_one_of_a_later_day(office, ida, told):
    with pytest.raises(IntegrityError), transaction.atomic():
        came(office, ida, **told)


def test_a_run_of_pages_becomes_a_paper_of_one_home(office, ida, rosa):
    ben = SecondHomeFactory(child=rosa.child)
    envelope = read(came(office, ida, scanned(sheet("a"), sheet("b"), sheet("c"))))
    first, second, third = keys(envelope)

    paper = filing.file_pages(
        envelope=envelope,
        pages=[second, first],
        target=home(rosa),
        kind="diagnosis",
        by=ida,
        at=timezone.now(),
    ).document

    assert paper.given_on == envelope.received_on
    assert keys(envelope) == [third]
    assert DOCUMENTS.allows(rosa.user, Permission.DOCUMENT_VIEW, paper)
    assert not DOCUMENTS.allows(ben.user, Permission.DOCUMENT_VIEW, paper)
    assert Task.objects.open().get(kind="read_paper").child == rosa.child


def test_the_last_page_filed_closes_the_envelope(office, ida, rosa):
    envelope = read(came(office, ida, scanned(sheet("a"), sheet("blank"))))
    first, second = keys(envelope)
    filing.set_aside(envelope=envelope, pages=[second], by=ida, at=timezone.now())
    filing.file_pages(
        envelope=envelope, pages=[first], target=home(rosa), by=ida, at=timezone.now()
    )

    envelope.refresh_from_db()
    assert envelope.state == EnvelopeState.FILED
    assert envelope.closed_by == ida


def test_an_envelope_with_a_file_that_could_not_be_used_waits_for_a_person(office, ida, rosa):
    envelope = read(came(office, ida, scanned(sheet()), pdf(password="secret")))
    file_all(envelope, home(rosa), ida)
    envelope.refresh_from_db()
    assert envelope.state == EnvelopeState.TO_SORT

    paper_mail.finish(envelope=envelope, by=ida, at=timezone.now())
    envelope.refresh_from_db()
    assert envelope.state == EnvelopeState.FILED


def test_nothing_is_closed_over_a_file_that_is_still_being_checked(office, ida, rosa, settings):
    envelope = read(came(office, ida, scanned(sheet()), pdf(password="secret")))
    file_all(envelope, home(rosa), ida)
    settings.FILE_SCANNER = "127.0.0.1:1"
    again = [upload(scanned(sheet("The last page")))]
    paper_mail.add_scans(envelope=envelope, files=again, by=ida, at=timezone.now())
    read(envelope)

    with pytest.raises(NotAllowedHere):
        paper_mail.finish(envelope=envelope, by=ida, at=timezone.now())
    settings.FILE_SCANNER = ""
    assert read(envelope).state == EnvelopeState.TO_SORT
    assert len(left_over(envelope)) == 1


def test_pages_are_sorted_once(office, ida, rosa):
    envelope = read(came(office, ida))
    pages = keys(envelope)
    file_all(envelope, home(rosa), ida)
    with pytest.raises(filing.PagesTaken):
        filing.file_pages(
            envelope=envelope, pages=pages, target=home(rosa), by=ida, at=timezone.now()
        )
    with pytest.raises(filing.PagesTaken):
        filing.set_aside(envelope=envelope, pages=[0], by=ida, at=timezone.now())


def test_nothing_is_filed_with_a_home_that_was_never_the_childs(office, ida, rosa):
    other = FamilyFactory()
    with pytest.raises(filing.WrongHome):
        file_all(read(came(office, ida)), Target(rosa.child, other.household), ida)


def test_nothing_goes_over_to_another_program(office, ida, mississippi):
    family, other_office = mississippi
    envelope = read(came(office, ida))
    with pytest.raises(NotAllowedHere):
        file_all(envelope, home(family), ida)
    with pytest.raises(NotAllowedHere):
        paper_mail.hand_over(envelope=envelope, office=other_office, by=ida)


def test_what_is_not_for_us_is_closed_and_can_be_looked_at_again(office, ida, rosa):
    now = timezone.now()
    envelope = read(came(office, ida))
    paper_mail.leave_unmatched(envelope=envelope, note="no name on it", by=ida, at=now)
    envelope.refresh_from_db()
    assert envelope in Envelope.objects.waiting()

    paper_mail.mark_not_ours(envelope=envelope, note="sent back", by=ida, at=now)
    envelope.refresh_from_db()
    assert envelope not in Envelope.objects.waiting()
    with pytest.raises(WrongMove):
        paper_mail.add_scans(envelope=envelope, files=[], by=ida, at=now)

    paper_mail.sort_again(envelope=envelope, by=ida, at=now)
    file_all(envelope, home(rosa), ida)
    envelope.refresh_from_db()
    with pytest.raises(NotAllowedHere):
        paper_mail.mark_not_ours(envelope=envelope, note="", by=ida, at=now)


def test_the_command_reads_what_waited_for_the_scanner_and_twice_does_no_more(
    office, ida, settings, capsys
):
    settings.FILE_SCANNER = "127.0.0.1:1"
    envelope = read(came(office, ida))
    settings.FILE_SCANNER = ""

    call_command("read_paper_mail", "--dry-run")
    assert "nm-cms: 1 envelopes wait" in capsys.readouterr().out
    for _time in range(2):
        call_command("read_paper_mail")
    assert "nm-cms: 0 envelopes wait" in capsys.readouterr().out
    envelope.refresh_from_db()
    assert envelope.state == EnvelopeState.TO_SORT
    assert FilePage.objects.count() == 1
