"""What people send: the good files are kept, and each of the others gets its own sentence."""

from __future__ import annotations

import os
import time

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadhandler import SkipFile, StopUpload
from django.utils import timezone, translation
from django.utils.datastructures import MultiValueDict

from cms_portal.documents import actions, storing
from cms_portal.documents.forms import PapersForm
from cms_portal.documents.limits import MOST_BYTES, MOST_FILES
from cms_portal.documents.models import Document, DocumentKind, RefusalReason
from cms_portal.documents.uploads import MOST_AT_ONCE, MOST_READ, CappedUploadHandler
from cms_portal.families.actions import NotAllowedHere
from tests.documents.files import pdf, photo, upload
from tests.factories import FamilyFactory
from tests.factories.dates import MS


def filled(*files, **options):
    form = PapersForm({}, MultiValueDict({"papers": list(files)}), **options)
    form.is_valid()
    return form


def test_one_bad_file_does_not_lose_the_others():
    good = [upload(photo(), "a.jpg"), upload(pdf(), "b.pdf")]
    form = filled(
        good[0],
        upload(b"", "empty.jpg"),
        upload(b"<html></html>", "page.pdf"),
        upload(photo() + bytes(MOST_BYTES), "huge.jpg"),
        good[1],
    )

    assert form.accepted == good
    assert form.errors["papers"] == [
        "“empty.jpg” is empty. Choose it again, or take a photo of the page.",
        "“page.pdf” is not a photo or a PDF. Take a photo of the paper instead.",
        "“huge.jpg” is larger than 10 MB. A photo taken closer may be smaller.",
        "We have your other 2 files. Send only what is missing.",
    ]


def test_of_thirty_one_files_thirty_are_kept():
    form = filled(*[upload(photo((8, 8)), f"{number}.jpg") for number in range(31)])

    assert len(form.accepted) == MOST_FILES
    assert form.errors["papers"] == [
        "“30.jpg” was not kept: one paper holds at most 30 files.",
        "We have your other 30 files. Send only what is missing.",
    ]


def test_files_that_came_before_count():
    form = filled(upload(photo()), upload(photo(), "second.jpg"), already=29)

    assert len(form.accepted) == 1


def test_a_file_is_known_by_what_it_holds_and_not_by_its_name():
    form = filled(upload(photo(), "virus.exe"), upload(b"MZ\x90\0" + bytes(64), "photo.jpg"))

    assert [file.name for file in form.accepted] == ["virus.exe"]


def test_a_very_long_name_is_shortened_in_the_sentence():
    form = filled(upload(b"words", "x" * 400 + ".jpg"))

    assert len(form.errors["papers"][0]) < 200


def test_nothing_sent_says_what_to_do():
    assert filled().errors["papers"] == ["Take a photo of the paper, or choose a file."]
    assert filled(is_required=False).errors == {}


def test_every_refusal_has_a_sentence_in_both_languages():
    for reason in RefusalReason:
        english = str(reason.label)
        with translation.override("es"):
            assert str(reason.label) != english


def test_a_too_large_file_is_not_taken_in_whole():
    handler = CappedUploadHandler()

    assert handler.receive_data_chunk(b"x", 0) == b"x"
    assert handler.receive_data_chunk(b"x", MOST_BYTES + 1) is None
    handler.received = MOST_AT_ONCE
    with pytest.raises(SkipFile):
        handler.receive_data_chunk(b"x", 0)
    handler.received = MOST_READ
    with pytest.raises(StopUpload):
        handler.receive_data_chunk(b"x", 0)


@pytest.mark.django_db
def test_a_paper_stays_in_one_program():
    family = FamilyFactory()

    with pytest.raises(NotAllowedHere):
        actions.add_document(
            program=MS,
            household=family.household,
            child=family.child,
            kind=DocumentKind.AGE,
            files=[upload(photo())],
            by=family.user,
        )
    assert not Document.objects.exists()


@pytest.mark.django_db
def test_the_thirty_first_file_of_a_paper_is_refused(give, family):
    document = give(*[photo((8, 8))] * MOST_FILES, check=False)

    with pytest.raises(NotAllowedHere):
        actions.add_files(document=document, files=[upload(photo())], by=family.user)
    assert document.files.count() == MOST_FILES


@pytest.mark.django_db
def test_files_left_by_a_crash_are_removed_after_a_day(give, files_of_this_test):
    kept = give().files.get()
    young = storing.store(ContentFile(b"of a request that still runs"), storing.QUARANTINE)
    old = storing.store(ContentFile(b"of a request that died"), storing.QUARANTINE)
    long_ago = time.time() - 2 * 24 * 3600
    for stored_as in (kept.stored_as, old.stored_as):
        os.utime(files_of_this_test / stored_as, (long_ago, long_ago))

    assert storing.remove_unnamed(timezone.now()) == 1

    assert default_storage.exists(kept.stored_as)
    assert default_storage.exists(young.stored_as)
    assert not default_storage.exists(old.stored_as)
