"""A cover sheet of ours files what lies behind it; any other code leaves it to a person."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader, PdfWriter

from cms_portal.documents import storing
from cms_portal.documents.cover_codes import code_in, in_groups, new_code, typed
from cms_portal.notifications.letters import cover_sheet_pdf, pdf_of
from cms_portal.notifications.models import Message
from cms_portal.work.models import Task
from intake.actions import applications
from intake.actions import information_requests as requests
from intake.cover_sheets import Verdict, verdict_on
from intake.inbox import left_over, pages_of
from intake.models import Filing
from intake.paper_states import EnvelopeState
from intake.states import RequestState
from tests.documents.conftest import files_of_this_test  # noqa: F401
from tests.factories import the_portal
from tests.factories.applications import SentApplicationFactory
from tests.intake.paper import came, read, scanned, sheet

DAY = timedelta(days=1)


@pytest.fixture
def sent(rosa, ida):
    return SentApplicationFactory(family=rosa, medicaid={"medicaid": "pending"})


@pytest.fixture
def asked(sent, ida):
    return requests.ask(
        application=sent, rule="covered_condition", words="", by=ida, at=timezone.now()
    )


def cover(request):
    return sheet("Put this sheet on top", code=request.cover_code)


def test_a_code_is_random_and_read_back_as_it_was_written():
    code = new_code()
    assert code != new_code()
    assert code_in(f"CMSP-{code.upper()}") == code
    assert typed(in_groups(code)) == code
    assert typed(in_groups(code).replace("0", "O").replace("1", "l")) == code


@pytest.mark.parametrize("other", ["", "CMSP-", "https://example.test", "CMSP-" + "U" * 20])
def test_the_code_of_a_parcel_is_none_of_ours(other):
    assert code_in(other) == ""


def test_the_code_says_nothing_of_anybody(asked, sent, rosa):
    code = asked.cover_code
    assert len(code) == 20
    assert sent.number.lower() not in code
    assert rosa.child.last_name.lower() not in code


def test_a_scan_behind_a_cover_sheet_files_itself_and_the_worker_is_told(office, ida, asked, sent):
    envelope = read(came(office, ida, scanned(cover(asked), sheet("a"), sheet("b"))))

    asked.refresh_from_db()
    assert asked.state == RequestState.ANSWERED
    assert asked.closed_by == the_portal()
    assert envelope.state == EnvelopeState.FILED
    filed = Filing.objects.get()
    assert filed.is_by_cover_sheet
    assert len(filed.pages) == 3
    assert asked.document == filed.document
    assert filed.document.household == sent.household
    assert Task.objects.open().get(kind="read_answer").owner == sent.worker


def test_what_a_family_wrote_on_the_cover_sheet_itself_is_read_with_what_lies_behind_it(
    office, ida, asked, sent, signed_in
):
    """The sheet is the first page of the paper, which the worker is asked to read."""
    written = sheet("The doctor moved. Call me after 5.", code=asked.cover_code)
    envelope = read(came(office, ida, scanned(written, sheet("a"))))

    (sheet_itself, _behind) = pages_of(envelope)
    filed = Filing.objects.get()
    assert filed.pages[0] == sheet_itself.pk
    (file,) = filed.document.files.all()
    assert len(PdfReader(io.BytesIO(storing.read(file.stored_as))).pages) == 2
    opened = signed_in(ida).get(reverse("documents:file", args=[file.pk]))
    assert opened.status_code == 200


def test_cover_sheets_part_a_stack_and_what_lies_before_waits(office, ida, asked, sent):
    other = requests.ask(
        application=sent, rule="payer_of_last_resort", words="", by=ida, at=timezone.now()
    )
    stack = [sheet("before"), cover(asked), sheet("a"), cover(other), sheet("b"), sheet("c")]
    envelope = read(came(office, ida, scanned(*stack)))

    assert envelope.state == EnvelopeState.TO_SORT
    assert len(left_over(envelope)) == 1
    papers = Filing.objects.order_by("pk")
    assert [(one.asked, len(one.pages)) for one in papers] == [(asked, 2), (other, 3)]


def test_a_cover_sheet_alone_files_nothing(office, ida, asked):
    envelope = read(came(office, ida, scanned(cover(asked))))
    asked.refresh_from_db()
    assert asked.is_open
    assert len(left_over(envelope)) == 1


def test_a_code_that_nobody_made_stays_for_a_person(office, ida):
    unknown = sheet("copied", code=new_code())
    envelope = read(came(office, ida, scanned(unknown, sheet("a"))))
    assert envelope.state == EnvelopeState.TO_SORT
    assert len(left_over(envelope)) == 2


def test_another_programs_code_is_as_unknown_as_one_nobody_made(ida, asked, mississippi):
    _family, jackson = mississippi
    envelope = read(came(jackson, the_portal(), scanned(cover(asked), sheet("a"))))
    assert verdict_on(asked.cover_code, envelope) == (Verdict.UNKNOWN, None)
    assert len(left_over(envelope)) == 2
    asked.refresh_from_db()
    assert asked.is_open


def test_what_is_not_needed_any_more_stays_for_a_person(office, ida, asked, sent):
    requests.cancel(request=asked, by=ida, at=timezone.now())
    envelope = read(came(office, ida, scanned(cover(asked), sheet("a"))))
    assert verdict_on(asked.cover_code, envelope)[0] == Verdict.OVER
    assert len(left_over(envelope)) == 2


def test_what_was_withdrawn_stays_for_a_person(office, ida, asked, sent, rosa):
    applications.withdraw(application=sent, by=rosa.user, at=timezone.now(), reason="withdrawn")
    envelope = read(came(office, ida, scanned(cover(asked), sheet("a"))))
    assert len(left_over(envelope)) == 2


def test_what_was_closed_goes_on_by_itself_while_there_is_time(office, ida, asked):
    requests.close_unanswered(request=asked, by=ida, at=timezone.now() + 40 * DAY)
    read(came(office, ida, scanned(cover(asked), sheet("a"))))
    asked.refresh_from_db()
    assert asked.state == RequestState.ANSWERED


def test_a_second_page_for_what_is_answered_is_kept_with_the_application(office, ida, asked, sent):
    for _time in range(2):
        read(came(office, ida, scanned(cover(asked), sheet("a"))))
    first, second = Filing.objects.order_by("pk")
    assert (first.asked, second.asked) == (asked, None)
    assert second.application == sent


def joined(*stacks):
    writer, out = PdfWriter(), io.BytesIO()
    for stack in stacks:
        writer.append(io.BytesIO(stack))
    writer.write(out)
    return out.getvalue()


def test_the_last_page_of_the_letter_files_what_lies_behind_it(office, ida, asked):
    letter = Message.objects.get(key="intake/information_asked")
    printed = pdf_of([letter])
    last = PdfReader(io.BytesIO(printed)).pages[-1].extract_text()
    assert "Put this sheet on top" in last
    assert in_groups(asked.cover_code) in last

    envelope = read(came(office, ida, joined(printed, scanned(sheet("a")))))
    asked.refresh_from_db()
    assert asked.state == RequestState.ANSWERED
    assert len(Filing.objects.get().pages) == 2
    assert left_over(envelope), "the letter itself is no paper of the family's"


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_sheet_printed_at_home_names_nobody_and_is_read_back(
    office, ida, asked, sent, rosa, language
):
    printed = cover_sheet_pdf(asked.cover_code, program=sent.program, language=language)
    reader = PdfReader(io.BytesIO(printed))
    text = reader.pages[0].extract_text()
    for name in (rosa.child.first_name, rosa.child.last_name, rosa.guardian.last_name, sent.number):
        assert name not in text
    assert reader.metadata.title
    assert "/MarkInfo" in reader.root_object

    read(came(office, ida, joined(printed, scanned(sheet("a")))))
    asked.refresh_from_db()
    assert asked.state == RequestState.ANSWERED


def test_the_family_gets_the_sheet_where_it_reads_what_is_missing(asked, sent, rosa, signed_in):
    page = reverse("intake:answer_request", args=[sent.number, asked.pk])
    url = reverse("intake:cover_sheet", args=[sent.number, asked.pk])
    family = signed_in(rosa.user)
    assert url in family.get(page).content.decode()
    answer = family.get(url)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="cover-sheet.pdf"'

    requests.answer(request=asked, words="Lost.", files=[], by=rosa.user, at=timezone.now())
    assert family.get(url).status_code == 404
