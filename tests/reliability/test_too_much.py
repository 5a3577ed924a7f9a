"""What is too much for one page is said at its form, and what was typed stays as far as it can."""

from __future__ import annotations

import io
from time import perf_counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cms_portal.documents.limits import MOST_FILES
from cms_portal.documents.models import DocumentFile
from intake.models import Application
from tests.access.answers import form_fields
from tests.documents.files import photo, upload
from tests.factories.applications import start

pytestmark = pytest.mark.django_db

TOO_MUCH = "That was too much for one page. Nothing of it was saved."
FIVE_MEGABYTES = 5 * 1024 * 1024


@pytest.fixture
def draft(rosa, client):
    client.force_login(rosa.user)
    return start(rosa)


def page_of(draft, key):
    return reverse("intake:step", args=[draft.number, key])


def test_five_megabytes_in_one_answer_are_a_sentence_at_it_and_the_rest_stays(draft, client):
    sent = {"strengths": "x" * FIVE_MEGABYTES, "anything_else": "She sings."}

    answer = client.post(page_of(draft, "about"), sent)

    assert answer.status_code == 422
    assert f"Yours has {FIVE_MEGABYTES}" in answer.content.decode()
    assert form_fields(answer)["anything_else"] == "She sings."
    assert Application.objects.get().assessment.strengths == ""


def test_five_megabytes_in_each_field_of_the_longest_page_are_refused_in_a_moment(draft, client):
    began = perf_counter()
    for key in ("address", "contact", "household", "doctor"):
        names = [n for n in form_fields(client.get(page_of(draft, key))) if n != "next"]
        for name in names[:4]:
            answer = client.post(page_of(draft, key), {name: "9" * FIVE_MEGABYTES})
            assert answer.status_code in (302, 422), name

    assert perf_counter() - began < 60


def test_more_than_ten_megabytes_lead_back_to_the_form_with_a_sentence(draft, client):
    answer = client.post(
        page_of(draft, "about"), {"strengths": "x" * 11 * 1024 * 1024}, follow=True
    )

    assert answer.redirect_chain == [(page_of(draft, "about"), 302)]
    assert TOO_MUCH in answer.content.decode()
    assert "strengths" in form_fields(answer)


def test_too_many_fields_lead_back_to_the_form_with_a_sentence(draft, client):
    answer = client.post(
        page_of(draft, "about"), {f"field{n}": "x" for n in range(2_500)}, follow=True
    )

    assert TOO_MUCH in answer.content.decode()


def test_a_page_that_only_acts_says_it_on_a_page_of_its_own(draft, client):
    answer = client.post(
        reverse("intake:submit", args=[draft.number]), {"name": "x" * 11 * 1024 * 1024}
    )

    assert answer.status_code == 413
    assert TOO_MUCH in answer.content.decode()


def test_somebody_without_an_account_reads_it_too(client):
    address = reverse("welcome:subscribe", args=["nm-cms"])

    answer = client.post(address, {"email": "x" * 11 * 1024 * 1024}, follow=True)

    assert TOO_MUCH in answer.content.decode()


def test_forty_five_files_at_once_are_a_sentence_for_each_that_is_too_many(draft, client):
    files = [upload(photo()) for _ in range(45)]

    answer = client.post(page_of(draft, "papers"), {"kind": "income", "papers": files})

    assert answer.status_code == 422
    told = answer.content.decode()
    assert "one paper holds at most 30 files" in told
    assert DocumentFile.objects.count() == MOST_FILES
    assert form_fields(answer)["kind"] == "income"


def test_three_hundred_files_at_once_lead_back_to_the_form(draft, client):
    files = [SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(300)]

    answer = client.post(page_of(draft, "papers"), {"kind": "income", "papers": files}, follow=True)

    assert TOO_MUCH in answer.content.decode()
    assert DocumentFile.objects.count() == 0


def test_large_photos_beyond_what_a_paper_holds_are_refused_by_name(draft, client, monkeypatch):
    """Forty-five of nine megabytes are more than we take in at once; the connection stays open."""
    monkeypatch.setattr("cms_portal.documents.uploads.MOST_AT_ONCE", 40 * len(photo()))
    files = [upload(photo()) for _ in range(45)]

    answer = client.post(page_of(draft, "papers"), {"kind": "income", "papers": files})

    assert answer.status_code == 422
    assert "one paper holds at most 30 files" in answer.content.decode()
    assert DocumentFile.objects.count() == MOST_FILES


def test_a_file_without_an_end_is_hung_up_on(draft, client, monkeypatch):
    monkeypatch.setattr("cms_portal.documents.uploads.MOST_READ", 1)

    answer = client.post(
        page_of(draft, "papers"), {"kind": "income", "papers": [io.BytesIO(photo())]}
    )

    assert answer.status_code in (302, 400, 422)
    assert DocumentFile.objects.count() == 0
