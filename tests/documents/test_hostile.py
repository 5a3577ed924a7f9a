"""Forty files that somebody might send to harm: none is kept as it came, none is ever shown."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from cms_portal.documents import actions, storing
from cms_portal.documents.models import DocumentFile, DocumentKind, FileState
from tests.documents import hostile
from tests.documents.files import pdf, photo, upload

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
REFUSED = hostile.NOT_PAPERS.keys() | hostile.BROKEN.keys()


def made(name: str) -> bytes:
    for shelf in (hostile.BROKEN, hostile.CARRIERS, hostile.HEAVY):
        if name in shelf:
            return shelf[name]()
    return hostile.NOT_PAPERS[name]


def test_there_are_forty():
    assert len(REFUSED) + len(hostile.CARRIERS) + len(hostile.HEAVY) >= 40


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_hostile_file_is_not_kept(name, give, files_of_this_test):
    file = give(made(name)).files.get()

    assert file.state == FileState.REFUSED, name
    assert file.refusal
    assert not [path for path in files_of_this_test.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", sorted(hostile.CARRIERS))
def test_of_a_picture_only_its_pixels_are_kept(name, give):
    file = give(made(name)).files.get()

    assert (file.state, file.content_type) == (FileState.AVAILABLE, "image/jpeg"), name
    kept = storing.read(file.stored_as)
    picture = Image.open(io.BytesIO(kept))
    assert hostile.CANARY.encode() not in kept
    assert not picture.getexif()
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert kept.endswith(b"\xff\xd9")


@pytest.mark.parametrize("name", sorted(hostile.HEAVY))
def test_a_heavy_file_never_brings_the_check_down(name, give):
    file = give(made(name)).files.get()

    assert file.state != FileState.QUARANTINED


def test_a_photo_is_stood_upright(give):
    """The camera noted that it was held sideways; without the note the picture itself must be turned."""
    file = give(made("photo with a place")).files.get()

    with default_storage.open(file.stored_as) as kept:
        assert Image.open(kept).size == (300, 400)


def test_a_pdf_with_a_page_behind_it_is_handed_out_as_a_pdf(client, family, give):
    file = give(pdf() + hostile.SCRIPT).files.get()
    client.force_login(family.user)

    answer = client.get(reverse("documents:file", args=[file.pk]))

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("number", range(len(hostile.ODD_NAMES)))
def test_an_odd_name_is_written_nowhere(
    number, family, files_of_this_test, django_capture_on_commit_callbacks
):
    file = upload(photo(), "photo.jpg")
    file._name = hostile.ODD_NAMES[number]
    with django_capture_on_commit_callbacks(execute=True):
        actions.add_document(
            program=family.household.program,
            household=family.household,
            child=family.child,
            kind=DocumentKind.OTHER,
            files=[file],
            by=family.user,
        )

    kept = DocumentFile.objects.get()
    assert kept.state == FileState.AVAILABLE
    (path,) = (path for path in files_of_this_test.rglob("*") if path.is_file())
    assert path.relative_to(files_of_this_test).as_posix() == kept.stored_as
    assert kept.stored_as.isascii()


@pytest.mark.parametrize(
    ("mode", "format"),
    [("CMYK", "JPEG"), ("L", "JPEG"), ("I;16", "PNG"), ("P", "PNG"), ("LA", "PNG")],
)
def test_honest_pictures_of_every_kind_are_kept(mode, format, give):
    out = io.BytesIO()
    Image.new(mode, (80, 60)).save(out, format)

    file = give(out.getvalue()).files.get()

    assert file.state == FileState.AVAILABLE
