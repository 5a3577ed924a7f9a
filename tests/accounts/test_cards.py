"""An office helps a family without phone or email: an account and a paper card."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms_portal.accounts.models import CardCode, PaperCard, User
from cms_portal.families.models import AssignmentKind, Guardian
from tests.accounts.people import PIN, ask_for_code, is_signed_in, type_code
from tests.factories import (
    AssignmentFactory,
    FamilyFactory,
    GuardianFactory,
    OfficeFactory,
    StaffFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return OfficeFactory()


@pytest.fixture
def ida(office) -> User:
    return StaffFactory(role="intake-worker", office=office)


@pytest.fixture
def desk(client, ida) -> Client:
    client.force_login(ida)
    return client


@pytest.fixture
def family(office):
    """A family that Ida's office serves."""
    family = FamilyFactory()
    AssignmentFactory(child=family.child, office=office, kind=AssignmentKind.INTAKE)
    return family


def identified(office, **more):
    return {"identified_by": "photo_id", "note": "tribal ID", "office": str(office.pk), **more}


def new_card(desk, office, **more) -> list[str]:
    """Make an account at the desk; return the codes on its card."""
    given = identified(office, name="Luz Vigil", language="es", **more)
    desk.post(reverse("sign_in_help_new"), given)
    return printed_codes(desk)


def printed_codes(desk) -> list[str]:
    page = desk.get(reverse("account_card_to_print"))
    return ["".join(groups) for groups in page.context["codes"]]


def test_families_do_not_reach_the_desk(client, rosa):
    client.force_login(rosa)

    assert client.get(reverse("sign_in_help")).status_code == 403
    assert client.post(reverse("sign_in_help_new")).status_code == 403


def test_staff_without_the_right_do_not_reach_the_desk(client):
    client.force_login(StaffFactory(role="medical-director"))

    assert client.get(reverse("sign_in_help")).status_code == 403


def test_another_offices_guardian_answers_like_a_missing_one(desk):
    stranger = GuardianFactory(user=None)
    paths = [reverse("sign_in_help_guardian", args=[pk]) for pk in (stranger.pk, 999_999)]

    one, other = (desk.get(path) for path in paths)

    assert one.status_code == other.status_code == 404


def test_another_offices_card_answers_like_a_missing_one(client, desk, office):
    new_card(desk, office)
    card = PaperCard.objects.get()
    elsewhere = Client()
    elsewhere.force_login(StaffFactory(role="intake-worker", office=OfficeFactory()))

    assert elsewhere.get(reverse("sign_in_help_card", args=[card.pk])).status_code == 404


def test_another_offices_guardian_is_not_found_by_name(desk):
    GuardianFactory(user=None, last_name="Canary")

    page = desk.post(reverse("sign_in_help"), {"name": "Canary"})

    assert page.context["found"] == []


def test_without_saying_how_they_were_identified_nobody_gets_a_card(desk, office):
    given = {"name": "Luz Vigil", "language": "es", "office": str(office.pk)}

    response = desk.post(reverse("sign_in_help_new"), given)

    assert response.status_code == 422
    assert not PaperCard.objects.exists()
    assert 'value="Luz Vigil"' in response.content.decode()


def test_a_card_of_another_office_cannot_be_given(desk):
    given = identified(OfficeFactory(), name="Luz Vigil", language="es")

    assert desk.post(reverse("sign_in_help_new"), given).status_code == 422


def test_a_phone_call_is_no_way_to_be_identified(desk, office):
    given = identified(office, name="Luz", language="es") | {"identified_by": "phone"}

    assert desk.post(reverse("sign_in_help_new"), given).status_code == 422


def test_the_card_page_is_the_makers_own_and_ends(desk, office):
    new_card(desk, office)
    other = Client()
    other.force_login(StaffFactory(role="intake-worker", office=office))

    assert other.get(reverse("account_card_to_print")).status_code == 410
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert desk.get(reverse("account_card_to_print")).status_code == 410


def test_with_a_new_card_the_family_chooses_a_pin_and_is_in(desk, office):
    codes = new_card(desk, office)
    luz = User.objects.get(name="Luz Vigil")
    browser = Client()
    ask_for_code(browser, luz.username)
    assert type_code(browser, codes[0]).url == reverse("account_pin")

    browser.post(reverse("account_pin"), {"pin": PIN, "pin_again": PIN})

    assert is_signed_in(browser)
    assert User.objects.get(pk=luz.pk).check_password(PIN)


def test_afterwards_the_card_needs_the_pin(desk, office):
    codes = new_card(desk, office)
    luz = User.objects.get(name="Luz Vigil")
    first, thief = Client(), Client()
    ask_for_code(first, luz.username)
    type_code(first, codes[0])
    first.post(reverse("account_pin"), {"pin": PIN, "pin_again": PIN})

    ask_for_code(thief, luz.username)
    type_code(thief, codes[1])
    thief.post(reverse("account_pin"), {"pin": "593028", "pin_again": "593028"})

    assert not is_signed_in(thief)
    assert User.objects.get(pk=luz.pk).check_password(PIN)


def test_a_code_of_a_card_works_once(desk, office):
    codes = new_card(desk, office)
    luz = User.objects.get(name="Luz Vigil")
    for expected in (302, 422):
        browser = Client()
        ask_for_code(browser, luz.username)
        assert type_code(browser, codes[0]).status_code == expected


def test_a_card_that_was_never_used_ends(desk, office):
    codes = new_card(desk, office)
    luz = User.objects.get(name="Luz Vigil")
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        browser = Client()
        ask_for_code(browser, luz.username)
        type_code(browser, codes[0])

        browser.post(reverse("account_pin"), {"pin": PIN, "pin_again": PIN})

        assert not is_signed_in(browser)


def test_a_code_of_one_card_opens_no_other_account(desk, office, rosa):
    codes = new_card(desk, office)
    browser = Client()
    ask_for_code(browser, rosa.username)

    assert type_code(browser, codes[0]).status_code == 422


def test_a_guardian_gets_an_account_and_a_card(desk, office, family):
    guardian = GuardianFactory(household=family.household, user=None, first_name="Ana")

    desk.post(reverse("sign_in_help_guardian", args=[guardian.pk]), identified(office))

    guardian = Guardian.objects.get(pk=guardian.pk)
    assert guardian.user.name == str(guardian)
    assert PaperCard.objects.get().user == guardian.user


def test_a_lost_card_is_replaced_and_the_pin_stays(desk, office, family):
    person = family.user
    path = reverse("sign_in_help_guardian", args=[family.guardian.pk])
    desk.post(path, identified(office))
    old = printed_codes(desk)

    desk.post(path, identified(office))

    browser = Client()
    ask_for_code(browser, person.username)
    assert type_code(browser, old[0]).status_code == 422
    assert type_code(browser, printed_codes(desk)[0]).status_code == 302
    assert User.objects.get(pk=person.pk).has_pin


def test_with_a_forgotten_pin_the_new_card_lets_them_choose_another(desk, office, family):
    path = reverse("sign_in_help_guardian", args=[family.guardian.pk])

    desk.post(path, identified(office, pin_is_forgotten="on"))

    assert not User.objects.get(pk=family.user.pk).has_pin
    browser = Client()
    ask_for_code(browser, family.user.username)
    type_code(browser, printed_codes(desk)[0])
    browser.post(reverse("account_pin"), {"pin": PIN, "pin_again": PIN})
    assert is_signed_in(browser)


def test_meanwhile_the_old_phone_does_not_let_anybody_choose_a_pin(desk, office, family):
    """Between the new card and its first use the account has no PIN: a phone is still not enough."""
    from tests.accounts.people import newest_code

    path = reverse("sign_in_help_guardian", args=[family.guardian.pk])
    desk.post(path, identified(office, pin_is_forgotten="on"))
    vic = Client()
    ask_for_code(vic, family.user.email)
    type_code(vic, newest_code(family.user.email, 6))

    vic.post(reverse("account_pin"), {"pin": PIN, "pin_again": PIN})

    assert not is_signed_in(vic)
    assert not User.objects.get(pk=family.user.pk).has_pin


def test_who_gave_a_card_and_how_they_knew_is_history(desk, office, ida):
    new_card(desk, office)

    kept = PaperCard.history.get()

    assert kept.history_user == ida
    assert kept.history_change_reason == "identified: photo_id. tribal ID"


def test_ten_codes_each_with_its_own_first_digits(desk, office):
    codes = new_card(desk, office)

    assert len({code[:5] for code in codes}) == 10
    assert CardCode.objects.count() == 10
    assert all(len(code) == 12 for code in codes)


def test_a_guardian_we_serve_is_found_by_name(desk, family):
    page = desk.post(reverse("sign_in_help"), {"name": family.guardian.last_name})

    assert page.context["found"] == [family.guardian]
    assert family.guardian.last_name not in page.request["QUERY_STRING"]


def test_the_card_speaks_the_language_of_the_family(desk, office):
    new_card(desk, office)

    page = desk.get(reverse("account_card_to_print")).content.decode()

    assert '<section class="card" lang="es"' in page
    assert "Cada código sirve una vez" in page
    assert "Print this card now" in page
