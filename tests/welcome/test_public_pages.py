"""Pages that anybody may read, in both languages, for both programs: whole, plain and true."""

from __future__ import annotations

import re
from functools import cache

import polib
import pytest
import textstat
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cms_portal import programs
from cms_portal.offices.models import County, Office
from tests.welcome.reading import Reader

pytestmark = pytest.mark.usefixtures("reference_data")

OF_A_PROGRAM = ["program", "who", "services", "questions", "apply", "message", "subscribe"]
CODES = ["nm-cms", "ms-cmp"]


def addresses() -> list[str]:
    """Return the address of every public page."""
    found = [reverse(f"welcome:{name}") for name in ("front", "accessibility", "privacy")]
    found += [reverse("welcome:language_help"), reverse("offices:finder")]
    found += [
        f"{reverse('offices:finder')}?place=87501",
        f"{reverse('offices:finder')}?place=79901",
    ]
    for code in CODES:
        found += [reverse(f"welcome:{name}", args=[code]) for name in OF_A_PROGRAM]
        found += [reverse("offices:finder", args=[code])]
    found += [
        reverse("welcome:subscribe_sent", args=["nm-cms"]),
        reverse("welcome:message_sent", args=["nm-cms", "las-cruces"]),
        reverse("offices:office", args=["nm-cms", "hobbs"]),
        reverse("offices:office", args=["nm-cms", "luna-county"]),
        reverse("offices:office", args=["ms-cmp", "alcorn-county"]),
    ]
    return found


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", ["program", "who"])
def test_who_wonders_if_it_is_for_them_finds_the_quick_check_on_the_page(name, code, client):
    page = client.get(reverse(f"welcome:{name}", args=[code])).content.decode()

    words = page.partition("<main")[2].partition("</main>")[0]
    assert f'href="{reverse("eligibility:screener", args=[code])}"' in words


@cache
def read(address: str, language: str) -> Reader:
    """Read a page; nothing these tests do changes one, so each is asked for once."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(address)
    assert response.status_code == 200, address
    return Reader(response.content.decode())


def words_of(catalogue_language: str = "es") -> list[polib.POEntry]:
    return [
        entry
        for path in settings.BASE_DIR.glob(f"**/locale/{catalogue_language}/LC_MESSAGES/django.po")
        if ".venv" not in path.parts
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    ]


@pytest.mark.parametrize("address", ["/zz-zzz/", "/zz-zzz/offices/", "/nm-cms/offices/nowhere/"])
def test_a_program_or_office_that_does_not_exist_has_no_page(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_is_there_with_one_heading_and_its_own_title(language):
    titles = set()
    for address in addresses():
        page = read(address, language)
        assert page.tags["h1"] == 1, address
        assert len(page.title.split("·")[0].strip()) > 3, address
        titles.add(page.title)
    assert len(titles) > len(addresses()) / 2


def test_no_english_is_left_on_a_spanish_page():
    """A text of ours never stands in English where Spanish was asked for."""
    english = {
        re.compile(re.sub(r"%\\\(\w+\\\)s", ".+", re.escape(entry.msgid.replace("%%", "%"))))
        for entry in words_of()
        if " " in entry.msgid and entry.msgstr and entry.msgstr != entry.msgid
        if re.search(r"[a-z]{3}", re.sub(r"%\(\w+\)s", "", entry.msgid))
    }
    for address in addresses():
        for piece in read(address, "es").pieces:
            assert not any(pattern.fullmatch(piece) for pattern in english), (address, piece)


def test_no_text_is_left_unmarked_for_translation():
    """What reads the same in both languages is a name, or says the same in both."""
    same_in_both = {entry.msgid for entry in words_of() if entry.msgstr == entry.msgid}
    names = set(Office.objects.values_list("name", flat=True))
    names |= set(County.objects.values_list("name", flat=True))
    for program in programs.all_programs():
        names |= {program.short_name, program.name, program.state_name}
    for address in addresses():
        both = read(address, "en").pieces & read(address, "es").pieces
        left = {
            piece
            for piece in both - same_in_both - names
            if len(re.findall(r"[a-z]{3,}", piece)) > 1 and "language-help" not in address
        }
        assert not {piece for piece in left if not _is_a_place(piece)}, address


def _is_a_place(piece: str) -> bool:
    lines = [part for office in Office.objects.all() for part in (office.street, office.city)]
    return any(line and line in piece for line in lines)


def test_every_page_reads_at_eighth_grade_or_below():
    for address in addresses():
        sentences = read(address, "en").sentences
        if len(sentences.split()) > 40:
            assert textstat.flesch_kincaid_grade(sentences) <= 8, address


@pytest.mark.parametrize("language", ["en", "es"])
def test_mississippi_never_offers_to_pay(language):
    """It pays for no direct care: every sentence about paying or prices says no."""
    about_money = {
        "en": r"\b(pay|pays|paid|payment|premium|copay|deductible)\b",
        "es": r"\b(paga|pagar|pago|pagamos|prima|copago|deducible)\b",
    }[language]
    no = {"en": r"\b(not|no|never)\b", "es": r"\b(no|nunca)\b"}[language]
    for name in ["program", "who", "services", "questions", "apply"]:
        text = read(reverse(f"welcome:{name}", args=["ms-cmp"]), language).text
        for sentence in re.split(r"(?<=[.?!])\s", text):
            if re.search(about_money, sentence, re.IGNORECASE):
                assert re.search(no, sentence, re.IGNORECASE), sentence


def test_mississippi_says_what_it_no_longer_does():
    text = read(reverse("welcome:services", args=["ms-cmp"]), "en").text
    assert "Since January 2016" in text
    assert "It does not pay for direct care." in text
    assert "You do an intake assessment instead." in text
    assert "It does not send reminder cards." in text
    assert "It is your choice." in text


def test_each_program_shows_its_own_line_and_not_the_others():
    for mine, other in [CODES, CODES[::-1]]:
        for name in OF_A_PROGRAM:
            page = " ".join(read(reverse(f"welcome:{name}", args=[mine]), "en").pieces)
            assert programs.get(mine).toll_free in page
            assert programs.get(other).toll_free not in page


def test_no_number_stands_on_a_page_that_the_sources_do_not_hold():
    known = {digits(p.toll_free) for p in programs.all_programs()}
    known |= {digits(p.local_phone) for p in programs.all_programs() if p.local_phone}
    known |= {digits(str(office.phone.as_e164)) for office in Office.objects.exclude(phone="")}
    for address in addresses():
        text = " ".join(read(address, "en").pieces)
        for number in re.findall(r"(?:\(\d{3}\) |\b1?-?\d{3}-)\d{3}-\d{4}", text):
            assert digits(number) in known, (address, number)


def digits(number: str) -> str:
    return re.sub(r"\D", "", number)[-10:]


def test_the_front_page_shows_each_state_in_each_language():
    with translation.override("es"):
        spanish = read("/", "es")
    assert {"Nuevo México", "Mississippi"} <= spanish.pieces
    assert {"New Mexico", "Mississippi"} <= read("/", "en").pieces


def test_the_language_is_asked_first_on_a_first_visit(client):
    page = client.get("/").content.decode()
    assert "¿En qué idioma quiere leer?" in page
    assert "Which language do you read?" in page


def test_an_office_without_a_street_says_so_and_gives_the_line_to_call():
    page = " ".join(read(reverse("offices:office", args=["ms-cmp", "alcorn-county"]), "en").pieces)
    assert "We do not have the street or the phone of this office yet." in page
    assert "1-800-844-0898" in page


def test_an_office_where_the_program_is_not_confirmed_says_to_call_first():
    page = read(reverse("offices:office", args=["nm-cms", "luna-county"]), "en").pieces
    assert "Public health office; call first to ask about CMS" in page


def test_the_finder_keeps_what_was_typed_and_leads_to_the_other_program(client):
    page = client.get(reverse("offices:finder", args=["nm-cms"]), {"place": "39201"})
    text = page.content.decode()
    assert 'value="39201"' in text
    assert reverse("offices:finder", args=["ms-cmp"]) + "?place=39201" in text


def test_nothing_is_kept_of_a_search(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8) as queries:
        client.get(reverse("offices:finder"), {"place": "39201", "language": "vi"})
    written = [query["sql"] for query in queries if not query["sql"].startswith("SELECT")]
    assert all("SAVEPOINT" in statement for statement in written)
    assert not client.session.keys()


@pytest.mark.parametrize("name", OF_A_PROGRAM)
def test_a_public_page_asks_the_database_next_to_nothing(
    client, django_assert_max_num_queries, name
):
    with django_assert_max_num_queries(4):
        client.get(reverse(f"welcome:{name}", args=["nm-cms"]))
