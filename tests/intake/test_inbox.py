"""The pages of the inbox: taking in, and what they say when something is wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from cms_portal.documents.limits import MOST_FILES
from intake.models import Envelope
from tests.access.sends import day
from tests.documents.conftest import files_of_this_test  # noqa: F401
from tests.documents.files import pdf, photo
from tests.factories.dates import NM, today
from tests.intake.paper import came, read, scanned, sheet, take_in, upload, words

DAY = timedelta(days=1)
INBOX, NEW = "/paper-mail/", "/paper-mail/new/"


def test_taken_in_with_the_keyboard_alone_in_one_form(desk, office):
    answer = take_in(
        desk,
        office,
        upload(scanned(sheet())),
        photos=[upload(photo(), "envelope.jpg")],
        **day("postmarked_on", today(NM) - 2 * DAY),
    )

    envelope = Envelope.objects.get()
    assert answer.status_code == 302
    assert envelope.counts_on == today(NM) - 2 * DAY
    assert envelope.scans.filter(shows_envelope=True).count() == 1


def test_the_day_is_today_and_the_only_office_is_chosen(desk, office):
    page = desk.get(reverse("intake:take_in_paper"))
    assert page.context["form"].fields["received_on"].initial == today(NM)
    assert page.context["form"].fields["office"].initial == office.pk


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (day("postmarked_on", today(NM)) | {"came_by": "fax"}, "Only mail has a postmark"),
        (
            day("postmarked_on", today(NM)) | day("received_on", today(NM) - DAY),
            "postmark cannot be after",
        ),
        (day("received_on", today(NM) + DAY), "This date cannot be after"),
    ],
)
def test_days_that_cannot_be_are_said(desk, office, more, says):
    answer = take_in(desk, office, upload(scanned(sheet())), **more)
    assert answer.status_code == 422
    assert says in words(answer)


def test_of_31_files_an_empty_one_and_a_wrong_one_the_rest_is_kept(desk, office):
    good = [upload(photo((60, 80)), f"{n}.jpg") for n in range(MOST_FILES + 1)]
    bad = [upload(b"", "empty.pdf"), upload(b"MZ wrong", "virus.exe")]
    answer = take_in(desk, office, *bad, *good)

    envelope = Envelope.objects.get()
    assert envelope.scans.count() == MOST_FILES
    said = words(desk.get(answer["Location"]))
    for one in ("“empty.pdf” is empty", "“virus.exe” is not a photo", "at most 30 files"):
        assert one in said


def test_a_form_without_one_good_file_takes_nothing_in(desk, office):
    answer = take_in(desk, office, upload(b"MZ wrong", "virus.exe"))
    assert answer.status_code == 422
    assert not Envelope.objects.exists()


def test_what_a_locked_file_needs_is_said_on_its_page(desk, office, ida):
    envelope = read(came(office, ida, pdf(password="secret"), scanned(sheet())))
    said = words(desk.get(envelope.get_absolute_url()))
    assert "This PDF has a password" in said
    assert "Page 1, larger" in said


def test_while_the_scanner_is_down_the_page_says_that_nothing_is_lost(desk, office, ida, settings):
    settings.FILE_SCANNER = "127.0.0.1:1"
    envelope = read(came(office, ida))
    assert "Being checked" in words(desk.get(envelope.get_absolute_url()))


def test_the_longest_here_is_on_top_and_late_after_two_working_days(desk, office, ida):
    old = read(came(office, ida, received_on=today(NM) - 9 * DAY))
    read(came(office, ida, received_on=today(NM)))
    page = desk.get(INBOX)

    assert next(row.received_on for row in page.context["page_obj"]) == old.received_on
    assert words(page).count("is-urgent") == 1
    assert "9 days" in words(page)
    assert "2 wait." in words(page)


def test_the_inbox_asks_as_much_for_thirty_as_for_three(
    desk, office, ida, django_assert_max_num_queries
):
    for _one in range(3):
        read(came(office, ida))
    with django_assert_max_num_queries(40) as few:
        desk.get(INBOX)
    for _one in range(9):
        came(office, ida)
    with django_assert_max_num_queries(len(few)):
        desk.get(INBOX)
