"""From what a family types to the office that helps, or to a clear sentence."""

from __future__ import annotations

import pytest
from django.utils import translation

from cms_portal import programs
from cms_portal.accounts.actions import system_user
from cms_portal.audit.tracking import save_tracked
from cms_portal.offices.finder import find
from cms_portal.offices.models import County, Office

pytestmark = pytest.mark.usefixtures("reference_data")

NM, MS = programs.get("nm-cms"), programs.get("ms-cmp")


def test_a_zip_code_of_a_state_that_no_program_serves_says_so():
    answer = find("79901")
    assert "Texas" in answer.problem
    assert "No program here serves that state" in answer.problem
    assert not answer.offices


def test_a_zip_code_of_the_other_state_names_the_program_that_serves_it():
    answer = find("39201", program=NM)
    assert answer.elsewhere == MS
    assert "Children's Medical Program" in answer.problem
    assert not answer.offices


@pytest.mark.parametrize("typed", ["123", "875011", "0"])
def test_a_number_that_is_no_zip_code_says_how_one_looks(typed):
    assert "five digits" in find(typed).problem


def test_an_unknown_zip_code_is_named_back():
    assert "00000" in find("00000").problem


def test_a_misspelled_town_is_offered_with_its_right_name():
    assert "Las Cruces" in find("las crusces").choices


def test_nonsense_asks_for_a_zip_code_or_county():
    answer = find("qqqqqq")
    assert "ZIP code" in answer.problem
    assert not answer.choices


@pytest.mark.parametrize("typed", ["Jackson", "Lincoln", "Farmington"])
def test_a_name_that_several_places_have_asks_which_and_each_choice_leads_to_one(typed):
    answer = find(typed)
    assert len(answer.choices) > 1
    for choice in answer.choices:
        assert find(choice).offices, choice


def test_every_choice_leads_somewhere_in_spanish_too():
    with translation.override("es"):
        answer = find("Jackson")
        assert any("Condado de" in choice for choice in answer.choices)
        assert all(find(choice).offices for choice in answer.choices)


def test_a_zip_code_gets_its_countys_office_first_then_the_nearest():
    answer = find("39201")
    slugs = [found.office.slug for found in answer.offices]
    assert slugs[:2] == ["hinds-county", "central-office"]
    assert answer.offices[0].serves_county
    assert not answer.offices[1].serves_county


def test_a_new_mexico_zip_code_shows_public_health_offices_apart():
    answer = find("88030")  # Deming
    assert [found.office.slug for found in answer.offices] == ["las-cruces"]
    assert answer.unconfirmed[0].office.slug == "luna-county"
    assert not any(found.office.serves_program for found in answer.unconfirmed)


def test_every_county_of_both_states_finds_an_office_by_its_name():
    for county in County.objects.all():
        answer = find(f"{county.name} County", program=programs.get(county.program))
        assert answer.county == county
        assert answer.offices[0].serves_county


def test_a_county_gives_no_distance_because_nobody_lives_in_its_middle():
    assert all(found.miles is None for found in find("Hinds County").offices)


def test_an_office_of_which_only_the_county_is_known_gives_no_distance():
    alcorn = next(f for f in find("38834").offices if f.office.slug == "alcorn-county")
    assert alcorn.miles is None


def test_a_distance_is_rounded_to_what_we_can_know():
    miles = [found.miles for found in find("87501").unconfirmed if found.miles is not None]
    assert all(number < 20 or number % 5 == 0 for number in miles)


def test_an_office_that_speaks_the_language_comes_up_but_the_countys_own_stays_first():
    office = Office.objects.get(program="ms-cmp", slug="central-office")
    office.languages = ["vi"]
    save_tracked(office, by=system_user(), reason="somebody there speaks it")
    slugs = [found.office.slug for found in find("39110", language="vi").offices]
    assert slugs[0] == "madison-county"
    assert slugs[1] == "central-office"


def test_administrative_offices_are_not_shown_to_families():
    slugs = {found.office.slug for found in find("Jackson, Hinds County").offices}
    assert "central-region" not in slugs


def test_a_search_reads_the_database_a_fixed_number_of_times(django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        find("39201")


@pytest.mark.parametrize(
    "typed",
    [
        "Las Cruces, NM",
        "las cruces nm",
        "Las Cruces, New Mexico",
        "Las Cruces, Nuevo México",
        "Las Cruces, Doña Ana County",
        "1170 N. Solano Drive, Las Cruces, NM 88001",
    ],
)
def test_a_town_is_found_with_its_state_or_county_behind_it(typed):
    assert find(typed).offices[0].office.slug == "las-cruces"


def test_a_zip_code_without_a_county_still_gets_the_nearest_office():
    answer = find("87654")  # a spaceport, in no county as the post sees it
    assert answer.county is None
    assert answer.offices[0].office.slug == "las-cruces"
