"""Before a notice goes out, its page names each version of the letter: for whom, and in which language."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from cms_portal.audit.tracking import save_tracked
from tests.factories import AddressFactory
from tests.intake.deciding import decide_everything
from tests.intake.paper import words


@pytest.fixture
def decided(application, ida, sam):
    """Asthma, which stands in the reasons, is decided; the family reads Spanish."""
    AddressFactory(household=application.household)
    guardian = application.household.guardians.get()
    guardian.written_language = "es"
    save_tracked(guardian, by=ida, reason="asked")
    decide_everything(application, ida, sam)
    return application


def preview(desk, application):
    return desk.get(reverse("intake:tell_family", args=[application.number]))


def letter(desk, application, **version):
    url = reverse("intake:notice_as_letter", args=[application.number])
    answer = desk.get(url, version)
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return answer, " ".join(page.extract_text() for page in pages).lower()


def listed(page):
    return [
        item.partition("</li>")[0]
        for item in words(page).partition('id="letter-title"')[2].split("<li>")[1:3]
    ]


def test_both_versions_are_named_with_their_reader_and_language(desk, decided):
    full, plain = listed(preview(desk, decided))
    adult = decided.household.guardians.get()

    for one, version in ((full, "with the diagnosis"), (plain, "without the diagnosis")):
        assert f"Notice to {adult}, {version} (Spanish, PDF)" in one
    assert "is the one that is printed" in full
    assert "is the one that is printed" not in plain


def test_who_asked_for_letters_without_the_diagnosis_gets_that_one(desk, decided, ida):
    adult = decided.household.guardians.get()
    adult.plain_letters = True
    save_tracked(adult, by=ida, reason="asked")

    first, second = listed(preview(desk, decided))
    assert "without the diagnosis" in first
    assert "is the one that is printed" in first
    assert "is the one that is printed" not in second
    assert "asthma" not in letter(desk, decided)[1]


@pytest.mark.parametrize(("version", "names_it"), [("full", True), ("plain", False)])
def test_each_version_is_what_it_is_called_and_its_file_says_so(desk, decided, version, names_it):
    answer, text = letter(desk, decided, version=version)

    assert ("asma" in text or "asthma" in text) is names_it
    name = f"notice-{decided.number}-es-{version}.pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'


def test_any_other_version_is_the_one_that_goes_out(desk, decided):
    plain = letter(desk, decided, version="plain")[1]
    assert letter(desk, decided, version="x")[1] == letter(desk, decided)[1] != plain
