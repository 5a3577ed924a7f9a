"""A family's own pages: each parent who lives apart sees the child, and only their own home."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms_portal.families.models import AddressKind, AuthorityKind
from tests.access.sends import address, contact, substitute
from tests.factories import (
    AuthorityFactory,
    BlockFactory,
    ChildFactory,
    FamilyFactory,
    GuardianFactory,
)
from tests.factories.dates import born, today

pytestmark = pytest.mark.django_db
OWN = reverse("families:household")


def at(name, row):
    return reverse(f"families:{name}", args=[row.pk])


def text_of(browser, address):
    response = browser.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", ["child", "who_looked", "change_child", "child_record"])
def test_a_stranger_cannot_tell_that_a_child_exists(rosa, signed_in, name):
    browser = signed_in(FamilyFactory().user)
    there, missing = browser.get(at(name, rosa.child)), browser.get(f"/children/987654321/{name}/")

    assert there.status_code == missing.status_code == 404
    assert rosa.child.first_name not in there.content.decode()


@pytest.mark.parametrize("name", ["address", "hide_address", "household_record"])
def test_the_other_parents_home_does_not_exist(rosa, ben, signed_in, name):
    assert signed_in(ben.user).get(at(name, rosa.household)).status_code == 404
    assert signed_in(rosa.user).get(at(name, ben.household)).status_code == 404


def test_the_other_parents_way_of_being_reached_does_not_exist(rosa, ben, signed_in):
    browser = signed_in(ben.user)

    assert browser.get(at("contact", rosa.guardian)).status_code == 404
    assert browser.post(at("contact", rosa.guardian), contact(None, None)).status_code == 404


def test_another_adult_of_the_home_does_not_change_how_one_is_reached(rosa, signed_in):
    other = GuardianFactory(household=rosa.household)
    AuthorityFactory(guardian=other, child=rosa.child)

    assert signed_in(other.user).get(at("contact", rosa.guardian)).status_code == 404


def test_who_is_kept_away_sees_neither_the_child_nor_the_home(rosa, signed_in):
    BlockFactory(child=rosa.child, user=rosa.user)
    browser = signed_in(rosa.user)

    assert browser.get(at("child", rosa.child)).status_code == 404
    assert browser.get(at("address", rosa.household)).status_code == 404
    assert "12 Calle de Rosa" not in text_of(browser, OWN)


def test_a_resource_parent_sees_the_child_and_changes_nothing(signed_in):
    family = FamilyFactory(kind=AuthorityKind.RESOURCE_PARENT)
    browser = signed_in(family.user)

    assert browser.get(at("child", family.child)).status_code == 200
    assert browser.get(at("change_child", family.child)).status_code == 403
    assert browser.get(at("address", family.household)).status_code == 403


def test_both_parents_see_the_child_and_neither_the_other(rosa, ben, signed_in):
    for mine, other in ((rosa, ben), (ben, rosa)):
        page = text_of(signed_in(mine.user), at("child", rosa.child))

        assert mine.guardian.first_name in page
        assert str(other.guardian) not in page
        assert other.user.name not in page


def test_each_parents_household_page_shows_their_own_home(rosa, ben, signed_in):
    for mine, other in ((rosa, ben), (ben, rosa)):
        page = text_of(signed_in(mine.user), OWN)

        assert f"Calle de {mine.guardian.first_name}" in page
        assert f"Calle de {other.guardian.first_name}" not in page
        assert "Mateo" in page


def test_a_new_address_is_the_own_homes_alone(rosa, ben, signed_in):
    sent = address(None, None) | {"kind": "home", "street": "99 Calle Nueva"}

    signed_in(rosa.user).post(at("address", rosa.household), sent)

    now = rosa.household.addresses.on(today()).get(kind=AddressKind.HOME)
    assert now.street == "99 Calle Nueva"
    assert ben.household.addresses.on(today()).get().street == "7 Calle de Ben"


def test_a_hidden_address_is_on_no_page_any_more(rosa, ida, signed_in):
    signed_in(rosa.user).post(at("hide_address", rosa.household), substitute(None, None))

    for user, page in (
        (rosa.user, OWN),
        (ida, at("household_record", rosa.household)),
    ):
        assert "12 Calle de Rosa" not in text_of(signed_in(user), page)


def test_a_wrong_address_is_kept_to_be_mended(rosa, signed_in):
    sent = address(None, None) | {"zip_code": "no zip", "street": "99 Calle Nueva"}

    page = signed_in(rosa.user).post(at("address", rosa.household), sent)

    assert page.status_code == 422
    assert 'value="99 Calle Nueva"' in page.content.decode()
    assert not rosa.household.addresses.filter(street="99 Calle Nueva").exists()


def test_a_parent_changes_what_is_known_and_not_the_name(rosa, signed_in):
    sent = {"preferred_name": "Teo", "sex": "male", "first_name": "Pirate", "date_of_birth": "x"}

    signed_in(rosa.user).post(at("change_child", rosa.child), sent)

    rosa.child.refresh_from_db()
    assert (rosa.child.preferred_name, rosa.child.first_name) == ("Teo", "Mateo")


# A grown child decides who sees.


@pytest.fixture
def tess():
    """Tess is 18 today; her father saw her record until yesterday."""
    father = FamilyFactory(child__date_of_birth=born(18))
    own = GuardianFactory(household=father.household)
    AuthorityFactory(guardian=own, child=father.child, kind=AuthorityKind.YOUTH)
    return father, own.user


def let_in(father):
    return reverse("families:let_in", args=[father.child.pk, father.guardian.pk])


def test_a_parent_does_not_let_themselves_back_in(tess, signed_in):
    father, _own = tess

    assert signed_in(father.user).post(let_in(father)).status_code == 404


def test_a_parent_of_a_younger_child_lets_nobody_in(rosa, ben, signed_in):
    address = reverse("families:let_in", args=[rosa.child.pk, ben.guardian.pk])

    assert signed_in(rosa.user).post(address).status_code == 403


def test_nobody_is_let_in_who_never_had_a_right(tess, signed_in):
    father, own = tess
    stranger = GuardianFactory()

    address = reverse("families:let_in", args=[father.child.pk, stranger.pk])

    assert signed_in(own).post(address).status_code == 404


def test_a_grown_child_lets_a_parent_in_and_stops_it_again(tess, signed_in):
    father, own = tess
    signed_in(own).post(let_in(father))
    assert signed_in(father.user).get(at("child", father.child)).status_code == 200
    granted = father.child.authorities.get(kind=AuthorityKind.BY_YOUTHS_GRANT)

    signed_in(own).post(reverse("families:stop_seeing", args=[father.child.pk, granted.pk]))

    assert signed_in(father.user).get(at("child", father.child)).status_code == 404


def test_a_sibling_without_a_right_is_not_named_at_home(rosa, signed_in):
    ChildFactory(household=rosa.household, first_name="Canary")

    assert "Canary" not in text_of(signed_in(rosa.user), OWN)
