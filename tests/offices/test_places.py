"""ZIP codes, towns and counties as people write them."""

from __future__ import annotations

import pytest

from cms_portal.offices import places


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("87501", "87501"),
        (" 87501-1234 ", "87501"),
        ("Santa Fe, NM 87501", "87501"),
        ("875010", None),
        ("8750", None),
        ("87501 Santa Fe", None),
        ("Hinds County", None),
        ("", None),
    ],
)
def test_a_zip_code_is_found_alone_or_at_the_end(typed, code):
    assert places.zip_in(typed) == code


def test_a_zip_code_knows_its_state_and_county():
    place = places.of_zip("39201")
    assert (place.state, place.county) == ("MS", "Hinds")
    assert places.of_zip("00000") is None


@pytest.mark.parametrize("typed", ["Las Cruces", "LAS CRUCES", "las  cruces"])
def test_a_town_is_found_however_it_is_written(typed):
    assert places.town(typed, "NM").name == "Las Cruces"


def test_names_are_compared_without_accents_or_capitals():
    assert places.fold("Doña Ana") == places.fold("DONA  ANA") == "dona ana"
    assert places.fold("Saint Martin") == places.fold("St. Martin")


def test_a_town_that_the_post_does_not_use_is_still_found():
    assert places.town("Tesuque Pueblo", "NM").county == "Santa Fe"


def test_the_distance_between_two_cities_is_about_right():
    santa_fe, albuquerque = places.of_zip("87501"), places.of_zip("87102")
    assert 50 < santa_fe.point.miles_to(albuquerque.point) < 65
    assert santa_fe.point.miles_to(santa_fe.point) == 0


def test_every_county_of_both_states_has_a_middle():
    for state, name in [("NM", "Doña Ana"), ("NM", "McKinley"), ("MS", "DeSoto"), ("MS", "Hinds")]:
        assert places.middle_of_county(state, name) is not None
