"""Opening an account: an address that was proven, a name, a PIN."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms_portal.accounts.models import User
from cms_portal.notifications.models import Message
from tests.accounts.people import PIN, is_signed_in, newest_code

pytestmark = pytest.mark.django_db

PERSON = {"name": "Nora Lente", "pin": PIN, "pin_again": PIN}


def begin(client: Client, identifier: str, **more: str):
    return client.post(reverse("account_signup"), {"identifier": identifier, **more})


def type_code(client: Client, code: str):
    return client.post(reverse("account_signup_code"), {"code": code})


def finish(client: Client, **changes: str):
    return client.post(reverse("account_signup_person"), PERSON | changes)


def test_without_the_code_no_account_is_opened(client):
    begin(client, "nora@example.test")
    type_code(client, "000000")

    assert finish(client).url == reverse("account_signup")
    assert not User.objects.filter(email="nora@example.test").exists()


def test_the_proof_of_one_address_opens_no_account_for_another(client):
    begin(client, "nora@example.test")
    type_code(client, newest_code())
    begin(client, "other@example.test")

    finish(client)

    assert not User.objects.filter(name="Nora Lente").exists()


def test_a_half_opened_account_is_not_finished_by_the_next_person(client):
    begin(client, "nora@example.test")
    type_code(client, newest_code())

    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        finish(client)

    assert not User.objects.filter(name="Nora Lente").exists()


def test_somebody_with_an_account_is_told_so_and_gets_no_code(client, rosa):
    begin(client, "rosa@example.test")

    message = Message.objects.get()
    assert (message.key, message.secret) == ("accounts/address_in_use", "")


@pytest.mark.parametrize("typed", ["nora", "505-55", "nora@", "@", "a@b", "nora lente", "x" * 500])
def test_what_cannot_be_written_to_is_refused_with_a_sentence(client, typed):
    response = begin(client, typed)

    assert response.status_code == 422
    assert typed[:200] in response.content.decode()


def test_by_email(client):
    begin(client, "Nora@Example.test")
    type_code(client, newest_code())

    response = finish(client)

    nora = User.objects.get(name="Nora Lente")
    assert response.url == reverse("home")
    assert is_signed_in(client)
    assert (nora.email, nora.kind, nora.check_password(PIN)) == (
        "nora@example.test",
        "family",
        True,
    )
    assert nora.history.get().history_user == nora


def test_by_phone_and_voice(client):
    begin(client, "(505) 555-0142", channel="voice")
    assert Message.objects.get().channel == "voice"
    type_code(client, newest_code())
    finish(client)

    nora = User.objects.get(name="Nora Lente")
    assert str(nora.phone) == "+15055550142"
    assert nora.phone_verified_at is not None


def test_the_user_name_tells_nothing(client):
    begin(client, "nora@example.test")
    type_code(client, newest_code())
    finish(client)

    name = User.objects.get(name="Nora Lente").username
    assert name.startswith("family-")
    assert "nora" not in name


def test_the_language_of_the_page_becomes_the_accounts(client):
    client.cookies["django_language"] = "es"
    begin(client, "nora@example.test")
    type_code(client, newest_code())
    finish(client)

    assert User.objects.get(name="Nora Lente").language == "es"


def test_sent_twice_opens_one_account(client):
    begin(client, "nora@example.test")
    type_code(client, newest_code())
    other = Client()
    other.cookies = client.cookies.copy()
    finish(client)

    response = finish(other)

    assert User.objects.filter(name="Nora Lente").count() == 1
    assert response.status_code == 302


def test_two_browsers_with_proof_of_one_address_open_one_account(client):
    other = Client()
    for browser in (client, other):
        begin(browser, "nora@example.test")
        type_code(browser, newest_code())
    finish(client)

    assert finish(other).url == reverse("account_login")
    assert User.objects.filter(email="nora@example.test").count() == 1


def test_the_page_asked_for_comes_at_the_end(client):
    begin(client, "nora@example.test", next=reverse("account_home"))
    type_code(client, newest_code())

    assert finish(client).url == reverse("account_home")


def test_a_wrong_answer_keeps_the_name_that_was_typed(client):
    begin(client, "nora@example.test")
    type_code(client, newest_code())

    page = finish(client, pin="111111", pin_again="111111")

    assert page.status_code == 422
    assert 'value="Nora Lente"' in page.content.decode()
    assert "111111" not in page.content.decode()
