"""Whoever looks for a child learns of no office that would lead to a hidden home."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.documents.conftest import files_of_this_test  # noqa: F401
from tests.factories import AssignmentFactory, FamilyFactory, SecondHomeFactory
from tests.intake.paper import came, read, sort, words
from tests.intake.referring import refer


@pytest.fixture
def referral(office, ida):
    return refer(
        office.county,
        at=timezone.now(),
        first_name="Marysol",
        last_name="Pruebba",
        born_on=None,
        age=9,
    )


def look(browser, referral):
    address = reverse("intake:already_served", args=[referral.number])
    return browser.post(address, {"look": "1", "look_for": "Esquibel"})


@pytest.mark.parametrize("hidden", ["address_is_confidential", "is_placement"])
def test_the_office_of_a_child_of_a_hidden_home_is_not_named(desk, referral, hidden):
    home = {f"household__{hidden}": True}
    elsewhere = AssignmentFactory(child=FamilyFactory(child__last_name="Esquibel", **home).child)

    answer = look(desk, referral)

    assert str(elsewhere.office) not in words(answer)


def test_nor_where_only_one_of_its_homes_is_hidden(desk, referral):
    child = FamilyFactory(child__last_name="Esquibel").child
    SecondHomeFactory(child=child, household__address_is_confidential=True)
    elsewhere = AssignmentFactory(child=child)

    assert str(elsewhere.office) not in words(look(desk, referral))


@pytest.mark.parametrize("typed", ["\0", "a\0b", "01/01/0000", "x " * 60, "%", "((((", "9" * 500])
def test_no_words_break_the_search(desk, referral, typed):
    address = reverse("intake:already_served", args=[referral.number])

    for sent in ({"look": "1", "look_for": typed}, {"look_for": typed, "child": "1"}):
        assert desk.post(address, sent).status_code in (200, 422)


@pytest.mark.parametrize("typed", ["\0", "Baca\0", "a " * 500_000])
def test_nor_the_search_for_whose_paper_it_is(desk, office, ida, typed):
    envelope = read(came(office, ida))

    for sent in ({"look": "1"}, {"pages": "1", "target": "home-1-1", "kind": "other"}):
        assert sort(desk, envelope, look_for=typed, **sent).status_code in (200, 422)
