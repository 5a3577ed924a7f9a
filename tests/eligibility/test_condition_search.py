"""Is a condition covered? Plain words in either language, misspelt ones, codes; and what each opens."""

from datetime import date

import pytest
from django.urls import reverse

from eligibility.condition_search import everyday_words, search
from eligibility.diagnosis_codes import plain
from eligibility.models import DiagnosisCode

DAY = date(2026, 11, 21)
NM, MS = "nm-cms", "ms-cmp"
PUBLISHED = {
    "J45": "Asthma",
    "J45.40": "Moderate persistent asthma, uncomplicated",
    "G40": "Epilepsy and recurrent seizures",
    "Q21": "Congenital malformations of cardiac septa",
    "Q21.0": "Ventricular septal defect",
    "H53": "Visual disturbances",
    "E84": "Cystic fibrosis",
    "L20": "Atopic dermatitis",
    "L81.1": "Chloasma",
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def codes():
    DiagnosisCode.objects.bulk_create(
        DiagnosisCode(code=code, name=name, plain=plain(name), release="test")
        for code, name in PUBLISHED.items()
    )


def names(asked: str, program: str = NM) -> list[str]:
    return [match.name for match in search(asked, program=program, on=DAY)]


def test_a_word_inside_another_word_is_not_the_condition():
    assert names("asma") == names("asthma")
    assert "Chloasma" not in names("asma")
    assert "Chloasma" in names("chloasma")


@pytest.mark.parametrize("asked", ["", "zzzz", "xylophone", "%", "\\", "'; drop table", "?" * 100])
def test_what_means_nothing_finds_nothing(asked):
    assert names(asked) == []


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("seizures", "G40"),
        ("siezures", "G40"),
        ("my son has seizures", "G40"),
        ("convulsiones", "G40"),
        ("combulsiones", "G40"),
        ("azúcar", "E08"),
        ("azucar", "E08"),
        ("hole in the heart", "Q20"),
        ("hoyo en el corazón", "Q20"),
        ("asma", "J45"),
        ("astma", "J45"),
        ("fibrosis quistica", "E84"),
        ("sordera", "H90"),
    ],
)
def test_a_familys_own_words_find_the_condition(asked, codes):
    found = search(asked, program=NM, on=DAY)

    assert codes in {code for match in found[:2] for code in match.codes}


@pytest.mark.parametrize("asked", ["J45.40", "j4540", " J45.40 "])
def test_a_code_is_looked_up_as_it_is(asked):
    (match,) = search(asked, program=NM, on=DAY)

    assert match.codes == ("J45.40",)
    assert match.is_listed


def test_a_code_that_is_none_finds_nothing():
    assert names("Z99.99") == []


def test_published_names_are_found_besides_everyday_words():
    assert "Ventricular septal defect" in PUBLISHED.values()
    (match,) = search("ventricular septal defect", program=NM, on=DAY)
    assert match.is_listed


def test_a_listed_condition_opens_its_services_at_once():
    match = search("cystic fibrosis", program=NM, on=DAY)[0]

    assert match.is_listed
    assert {"Care coordination", "Help paying for medical care"} <= set(match.opens.at_once)
    assert "Care for adults with cystic fibrosis" in match.opens.at_once


def test_an_unlisted_condition_is_never_a_no():
    match = search("eczema", program=NM, on=DAY)[0]

    assert not match.is_listed
    assert "Care coordination" in match.opens.after_a_look
    assert "Tests to find out what it is" in match.opens.at_once


def test_mississippi_opens_only_what_it_offers():
    opened = search("cystic fibrosis", program=MS, on=DAY)[0].opens

    assert "Care coordination" in (*opened.at_once, *opened.after_a_look)
    assert not any("pay" in name.lower() for name in (*opened.at_once, *opened.after_a_look))


def test_every_everyday_word_is_in_the_shape_it_is_searched_in():
    assert len(everyday_words()) > 350
    assert all(word == plain(word) for word in everyday_words())


def test_what_is_asked_is_in_no_address_and_is_kept_nowhere(client):
    page = client.post(reverse("eligibility:condition_search", args=[NM]), {"asked": "asma"})

    assert page.status_code == 200
    assert "asma" not in page.request["PATH_INFO"] + page.request["QUERY_STRING"]
    assert "J45" in page.content.decode()
    assert page.headers["Cache-Control"].find("no-store") >= 0


def test_an_empty_question_is_asked_again_in_a_sentence(client):
    page = client.post(reverse("eligibility:condition_search", args=[NM]), {"asked": " "})

    assert page.status_code == 422
    assert "Write a condition, like asthma." in page.content.decode()


@pytest.mark.slow
def test_the_whole_release_is_loaded_once():
    from eligibility import diagnosis_codes

    assert diagnosis_codes.load() > 90_000
    assert diagnosis_codes.load() == 0
    assert names("fragile x") != []
