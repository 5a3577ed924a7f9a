"""A forgotten PIN takes two proofs from two places; a phone number alone never is enough."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms_portal.accounts import cards
from cms_portal.accounts.models import User
from cms_portal.notifications.models import Message
from tests.accounts.apps import code_now, give_app
from tests.accounts.people import (
    PASSPHRASE,
    PIN,
    ask_for_code,
    is_signed_in,
    newest_code,
    sign_in,
    type_code,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PHONE = "+15055550134"
NEW = {"pin": PIN, "pin_again": PIN}


def begin(client: Client, identifier: str) -> None:
    client.post(reverse("account_reset_password"), {"identifier": identifier})


def first(client: Client, code: str):
    return client.post(reverse("account_reset_code"), {"code": code})


def second(client: Client, code: str):
    return client.post(reverse("account_reset_second"), {"code": code})


def choose(client: Client):
    return client.post(reverse("account_reset_new"), NEW)


@pytest.fixture
def vic(rosa) -> Client:
    """Somebody who holds Rosa's old phone, and has proven it."""
    client = Client()
    begin(client, PHONE)
    first(client, newest_code(PHONE))
    return client


def is_unchanged(user: User) -> bool:
    return User.objects.get(pk=user.pk).check_password(PASSPHRASE)


def test_the_old_phone_alone_chooses_no_pin(vic, rosa):
    assert choose(vic).url == reverse("account_reset_code")
    assert is_unchanged(rosa)


def test_the_old_phone_twice_is_no_second_proof(vic, rosa):
    vic.post(reverse("account_reset_second"), {"send_again": "text"})
    begin(Client(), PHONE)

    second(vic, newest_code(PHONE))

    choose(vic)
    assert is_unchanged(rosa)


def test_a_long_code_to_the_old_phone_is_no_second_proof(vic, rosa):
    """Flooding makes the portal send a long code there; it is still the same phone."""
    for _ in range(8):
        ask_for_code(Client(), PHONE)

    response = second(vic, newest_code(PHONE, 12))

    assert "same proof again" in response.content.decode()
    choose(vic)
    assert is_unchanged(rosa)


def test_the_page_does_not_tell_the_old_phone_what_else_the_account_has(vic, rosa):
    other = UserFactory(username="ben", email=None, phone="+15055550177")
    client = Client()
    begin(client, str(other.phone))
    first(client, newest_code(str(other.phone)))

    pages = [
        browser.post(reverse("account_reset_second"), {"send_again": "email"}, follow=True)
        for browser in (vic, client)
    ]

    def plain(page):
        return page.content.decode().split("<main", 1)[1]

    assert plain(pages[0]).count("rosa") == 0
    assert [line for line in plain(pages[0]).splitlines() if "csrf" not in line] == [
        line for line in plain(pages[1]).splitlines() if "csrf" not in line
    ]


def test_the_old_phone_does_not_get_past_the_pin_either(rosa):
    client = Client()
    ask_for_code(client, PHONE)
    type_code(client, newest_code(PHONE))

    client.post(reverse("account_pin"), NEW | {"pin": PIN})

    assert not is_signed_in(client)
    assert is_unchanged(rosa)


def test_phone_and_email_together_choose_a_pin(vic, rosa):
    vic.post(reverse("account_reset_second"), {"send_again": "email"})
    second(vic, newest_code(rosa.email))

    response = choose(vic)

    assert response.url == reverse("home")
    assert User.objects.get(pk=rosa.pk).check_password(PIN)


@pytest.mark.parametrize("proof", ["card", "app"])
def test_a_card_or_an_app_is_a_second_proof(client, rosa, proof):
    if proof == "card":
        code = cards.print_own_card(user=rosa, at=timezone.now()).codes[3]
    else:
        code = code_now(give_app(rosa))
    begin(client, rosa.email)
    first(client, newest_code(rosa.email))

    assert second(client, code).url == reverse("account_reset_new")

    choose(client)
    assert User.objects.get(pk=rosa.pk).check_password(PIN)


def test_two_codes_of_one_card_are_one_proof(client, rosa):
    codes = cards.print_own_card(user=rosa, at=timezone.now()).codes
    begin(client, "rosa")
    first(client, codes[0])

    second(client, codes[1])

    choose(client)
    assert is_unchanged(rosa)


def test_everybody_of_the_account_is_told_and_other_sessions_end(client, vic, rosa):
    sign_in(client, rosa)
    vic.post(reverse("account_reset_second"), {"send_again": "email"})
    second(vic, newest_code(rosa.email))
    choose(vic)

    told = Message.objects.filter(key="accounts/pin_changed").values_list("address", flat=True)

    assert sorted(told) == [PHONE, "rosa@example.test"]
    assert client.get(reverse("account_home")).status_code == 302


def test_a_closed_account_gets_no_further(client, rosa):
    from cms_portal.accounts.actions import end_employment

    begin(client, rosa.email)
    first(client, newest_code(rosa.email))
    end_employment(user=rosa, on=timezone.localdate(), by=rosa, reason="test")
    second(client, "123456789012")

    choose(client)

    assert is_unchanged(rosa)


GUESSED = {
    "too short": "12345",
    "too long": "1234567890123",
    "one digit": "111111",
    "counting up": "123456",
    "counting down": "987654",
    "two digits in turn": "121212",
    "a date": "042316",
    "a date with its year": "04232016",
    "a date, year first": "19870423",
    "digits of the phone": "550134",
    "a common password": "password1234",
    "a short sentence": "my cat sam",
}


@pytest.mark.parametrize("pin", GUESSED.values(), ids=GUESSED)
def test_a_pin_that_others_guess_is_refused(vic, rosa, pin):
    vic.post(reverse("account_reset_second"), {"send_again": "email"})
    second(vic, newest_code(rosa.email))

    response = vic.post(reverse("account_reset_new"), {"pin": pin, "pin_again": pin})

    assert response.status_code == 422
    assert is_unchanged(rosa)


def test_both_pins_must_be_the_same(vic, rosa):
    vic.post(reverse("account_reset_second"), {"send_again": "email"})
    second(vic, newest_code(rosa.email))

    response = vic.post(reverse("account_reset_new"), {"pin": PIN, "pin_again": "482918"})

    assert response.status_code == 422
    assert is_unchanged(rosa)
