"""Staff's pages of a child and of a home: what they record there bites on the next click."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms_portal.families.models import AssignmentKind, AuthorityKind
from tests.access.sends import contact, day
from tests.factories import AuthorityFactory, BlockFactory, OfficeFactory, StaffFactory
from tests.factories.dates import MS, days_from_today, today

pytestmark = pytest.mark.django_db
FORMS = ["record_authority", "block", "assign", "custody", "change_child"]


def at(name, row):
    return reverse(f"families:{name}", args=[row.pk])


def text_of(browser, address):
    response = browser.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", ["child_record", "who_looked", *FORMS])
def test_a_child_of_another_office_does_not_exist(rosa, elsewhere, signed_in, name):
    assert signed_in(elsewhere).get(at(name, rosa.child)).status_code == 404
    assert signed_in(elsewhere).post(at(name, rosa.child)).status_code in (404, 405)


def test_a_home_of_another_office_does_not_exist(rosa, elsewhere, signed_in):
    browser = signed_in(elsewhere)

    assert browser.get(at("household_record", rosa.household)).status_code == 404
    assert browser.post(at("add_adult", rosa.household)).status_code == 404


def test_a_supervisor_of_another_program_learns_nothing(rosa, signed_in):
    sue = StaffFactory(role="program-supervisor", program=MS)

    assert signed_in(sue).get(at("child_record", rosa.child)).status_code == 404


@pytest.mark.parametrize("name", ["block", "assign", "custody"])
def test_an_intake_worker_does_what_the_role_says_and_no_more(rosa, ida, signed_in, name):
    assert signed_in(ida).get(at(name, rosa.child)).status_code == 403


def test_a_family_has_no_staff_pages(rosa, signed_in):
    browser = signed_in(rosa.user)

    for name in ("child_record", "record_authority", "assign", "custody"):
        assert browser.get(at(name, rosa.child)).status_code == 404


def test_a_clinic_coordinator_sees_the_child_and_no_home(rosa, office, signed_in):
    carla = StaffFactory(role="clinic-coordinator", region=office.region)

    page = text_of(signed_in(carla), at("child_record", rosa.child))

    assert "Mateo" in page
    assert "Rosa" not in page
    assert at("household_record", rosa.household) not in page


def test_the_record_shows_both_homes_of_a_child(rosa, ben, ida, signed_in):
    page = text_of(signed_in(ida), at("child_record", rosa.child))

    for home in (rosa.household, ben.household):
        assert at("household_record", home) in page


def test_a_block_bites_on_the_next_click(rosa, ben, sam, signed_in):
    sent = {"guardian": ben.guardian.pk, "paper": "", "reason": "a court order"}

    signed_in(sam).post(at("block", rosa.child), sent | day("starts_on", today()))

    assert signed_in(ben.user).get(at("child", rosa.child)).status_code == 404
    assert signed_in(rosa.user).get(at("child", rosa.child)).status_code == 200


def test_a_block_that_ends_lets_the_parent_back(rosa, sam, signed_in):
    block = BlockFactory(child=rosa.child, user=rosa.user, starts_on=days_from_today(-9))
    sent = {"reason": "the court lifted it"} | day("ends_on", today())

    signed_in(sam).post(at("end_block", block), sent)

    assert signed_in(rosa.user).get(at("child", rosa.child)).status_code == 200


def test_only_an_adult_of_the_childs_homes_can_be_chosen(rosa, sam, signed_in):
    stranger = AuthorityFactory().guardian
    sent = {"guardian": stranger.pk, "paper": "", "reason": "a court order"}

    page = signed_in(sam).post(at("block", rosa.child), sent | day("starts_on", today()))

    assert page.status_code == 422
    assert not rosa.child.blocks.exists()


def test_a_relative_becomes_the_guardian_a_court_named(rosa, ida, signed_in):
    sent = {"guardian": rosa.guardian.pk, "kind": AuthorityKind.COURT_GUARDIAN, "paper": ""}
    sent |= {"reason": "the court's order"} | day("starts_on", today())

    signed_in(ida).post(at("record_authority", rosa.child), sent)

    assert rosa.child.authorities.on(today()).get().kind == AuthorityKind.COURT_GUARDIAN


def test_an_authority_that_ends_closes_the_record_to_that_parent(rosa, ben, ida, signed_in):
    sent = {"reason": "the court's order", "may_write": "no"} | day("ends_on", today())

    signed_in(ida).post(at("end_authority", ben.authority), sent)

    assert signed_in(ben.user).get(at("child", rosa.child)).status_code == 404
    assert signed_in(rosa.user).get(at("child", rosa.child)).status_code == 200


def test_who_served_before_sees_the_child_no_longer(rosa, ida, sam, signed_in):
    there = OfficeFactory()
    sent = {"kind": AssignmentKind.PRIMARY, "office": there.pk, "worker": ""}
    sent |= {"reason": "the family moved"} | day("starts_on", today())

    signed_in(sam).post(at("assign", rosa.child), sent)

    assert signed_in(ida).get(at("child_record", rosa.child)).status_code == 404
    new = StaffFactory(role="intake-worker", office=there)
    assert signed_in(new).get(at("child_record", rosa.child)).status_code == 200


def test_an_office_of_another_program_cannot_be_chosen(rosa, sam, signed_in):
    sent = {"kind": AssignmentKind.PRIMARY, "office": OfficeFactory(program=MS).pk, "worker": ""}
    sent |= {"reason": "a mistake"} | day("starts_on", today())

    assert signed_in(sam).post(at("assign", rosa.child), sent).status_code == 422


def test_in_custody_the_parents_page_closes_and_the_reason_is_kept(rosa, ben, sam, signed_in):
    sent = {
        "kind": AuthorityKind.STATE_CUSTODY,
        "agency_first_name": "Gail",
        "agency_last_name": "Agency",
        "reason": "the court's order",
    } | day("starts_on", today())

    signed_in(sam).post(at("custody", rosa.child), sent)

    for parent in (rosa, ben):
        assert signed_in(parent.user).get(at("child", rosa.child)).status_code == 404
    held = rosa.child.authorities.on(today()).get()
    assert held.history.first().history_change_reason == "the court's order"


def test_an_adult_is_added_to_one_home(rosa, ben, ida, signed_in):
    sent = contact(None, None) | {"first_name": "Nora", "last_name": "Lente"}

    page = signed_in(ida).post(at("add_adult", rosa.household), sent)

    assert page.status_code == 302
    assert rosa.household.guardians.filter(first_name="Nora").exists()
    assert not ben.household.guardians.filter(first_name="Nora").exists()


def test_a_worker_mends_a_name_and_a_birth_date(rosa, ida, signed_in):
    born = rosa.child.date_of_birth
    sent = {"first_name": "Mateo", "middle_name": "José", "last_name": "Baca"}

    signed_in(ida).post(at("change_child", rosa.child), sent | day("date_of_birth", born))

    rosa.child.refresh_from_db()
    assert rosa.child.full_name == "Mateo José Baca"


def test_each_look_at_a_record_is_told_to_the_family(rosa, ida, signed_in):
    signed_in(ida).get(at("child_record", rosa.child))

    assert "Ida Romero of CMS looked at the record of Mateo." in text_of(
        signed_in(rosa.user), at("who_looked", rosa.child)
    )


def test_a_look_at_one_home_is_not_told_to_the_other(rosa, ben, ida, signed_in):
    signed_in(ida).get(at("household_record", rosa.household))

    assert "Ida Romero" not in text_of(signed_in(ben.user), at("who_looked", rosa.child))
