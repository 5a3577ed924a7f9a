"""An error in a date does not cost the worker the files: they are here for the next try of the same form."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cms_portal.documents import holding, storing
from cms_portal.documents.models import DocumentFile, FileState
from intake.models import Envelope
from tests.access.sends import day
from tests.documents.conftest import files_of_this_test  # noqa: F401
from tests.documents.files import photo
from tests.factories import StaffFactory
from tests.factories.dates import NM, today
from tests.intake.paper import form, read, scanned, sheet, take_in, upload, words

DAY = timedelta(days=1)
TOMORROW = day("received_on", today(NM) + DAY)
SCAN = scanned(sheet())


@pytest.fixture
def key():
    return str(uuid.uuid4())


def held(answer):
    return re.findall(r'name="held" value="([^"]+)"', words(answer))


def stored():
    return list(storing._all_files())


def test_what_was_chosen_is_taken_in_with_the_next_try_and_checked_first(desk, office, key):
    photos = [upload(photo(), "envelope.jpg")]
    wrong = take_in(desk, office, upload(SCAN), start_key=key, photos=photos, **TOMORROW)
    assert wrong.status_code == 422
    assert "scan.pdf" in words(wrong)
    assert "envelope.jpg, picture of the envelope" in words(wrong)
    assert not DocumentFile.objects.exists()

    answer = take_in(desk, office, start_key=key, held=held(wrong))

    assert answer.status_code == 302
    envelope = Envelope.objects.get()
    assert [scan.shows_envelope for scan in envelope.scans.order_by("pk")] == [True, False]
    assert {file.state for file in DocumentFile.objects.all()} == {FileState.QUARANTINED}
    whole = envelope.scans.get(shows_envelope=False).file
    assert storing.read(whole.stored_as) == SCAN
    assert read(envelope).scans.count() == 2


def test_a_second_error_loses_nothing_either_and_more_can_be_added(desk, office, key):
    first = take_in(desk, office, upload(SCAN, "one.pdf"), start_key=key, **TOMORROW)
    more = upload(photo(), "two.jpg")
    second = take_in(desk, office, more, start_key=key, held=held(first), **TOMORROW)
    assert len(held(second)) == 2

    take_in(desk, office, start_key=key, held=held(second))
    assert Envelope.objects.get().scans.count() == 2


def test_a_file_without_its_mark_is_left_out_and_one_chosen_again_comes_once(desk, office, key):
    both = [upload(SCAN, "one.pdf"), upload(photo(), "wrong.jpg")]
    wrong = take_in(desk, office, *both, start_key=key, **TOMORROW)
    first, _left_out = held(wrong)

    take_in(desk, office, upload(SCAN, "one.pdf"), start_key=key, held=[first])
    assert Envelope.objects.get().scans.count() == 1


def test_nobody_takes_in_nothing(desk, office, key):
    take_in(desk, office, upload(SCAN), start_key=key, **TOMORROW)
    answer = take_in(desk, office, start_key=key)
    assert answer.status_code == 422
    assert "Add the scan, or photos of the pages." in words(answer)


def test_two_tabs_do_not_mix(desk, office):
    mine, other = str(uuid.uuid4()), str(uuid.uuid4())
    first = take_in(desk, office, upload(SCAN, "one.pdf"), start_key=mine, **TOMORROW)
    second = take_in(desk, office, upload(photo(), "two.jpg"), start_key=other, **TOMORROW)
    assert "one.pdf" not in words(second)

    swapped = take_in(desk, office, start_key=mine, held=held(second))
    assert swapped.status_code == 422
    for key, chosen in ((mine, first), (other, second)):
        take_in(desk, office, start_key=key, held=held(chosen))
    assert [envelope.scans.count() for envelope in Envelope.objects.all()] == [1, 1]


def test_the_same_try_sent_twice_takes_in_one(desk, office, key):
    wrong = take_in(desk, office, upload(SCAN), start_key=key, **TOMORROW)
    for _time in range(2):
        assert take_in(desk, office, start_key=key, held=held(wrong)).status_code == 302
    assert Envelope.objects.get().scans.count() == 1


def test_what_one_worker_chose_is_nothing_to_another_or_to_who_writes_a_name(
    desk, office, key, signed_in
):
    wrong = take_in(desk, office, upload(SCAN), start_key=key, **TOMORROW)
    beside = signed_in(StaffFactory(role="intake-worker", office=office))

    for sends in (held(wrong), stored(), ["x"]):
        answer = take_in(beside, office, start_key=key, held=sends)
        assert answer.status_code == 422
        assert "scan.pdf" not in words(answer)


def test_a_picture_of_the_envelope_does_not_become_a_page(desk, office, key):
    photos = [upload(photo(), "envelope.jpg")]
    wrong = take_in(desk, office, start_key=key, photos=photos)
    assert wrong.status_code == 422
    assert len(held(wrong)) == 1
    assert take_in(desk, office, start_key=key, held=held(wrong)).status_code == 422


def test_what_was_never_sent_again_is_swept_and_no_longer_given_back(desk, office, key):
    wrong = take_in(desk, office, upload(SCAN), start_key=key, **TOMORROW)
    call_command("check_documents")
    assert len(stored()) == 1

    storing.remove_unnamed(timezone.now() + 2 * DAY)
    assert stored() == []
    assert take_in(desk, office, start_key=key, held=held(wrong)).status_code == 422


def test_it_is_given_back_only_while_the_sweep_leaves_it_alone(desk, office, key, monkeypatch):
    assert holding.HELD_FOR < storing.LEFT_ALONE
    wrong = take_in(desk, office, upload(SCAN), start_key=key, **TOMORROW)
    monkeypatch.setattr(holding, "HELD_FOR", -DAY)
    assert take_in(desk, office, start_key=key, held=held(wrong)).status_code == 422
    assert default_storage.exists(*stored())


def test_a_bad_file_beside_a_wrong_date_is_named_and_the_good_one_stays(desk, office, key):
    sends = form(office, upload(SCAN), upload(b"MZ wrong", "x.exe"), start_key=key, **TOMORROW)
    answer = desk.post(reverse("intake:take_in_paper"), sends)
    assert "“x.exe” is not a photo" in words(answer)
    assert len(held(answer)) == 1
