"""Families sign in with a code and a PIN; neither alone is enough."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms_portal.accounts.actions import end_employment
from cms_portal.accounts.models import SentCode, SignIn
from cms_portal.accounts.models.codes import MOST_WRONG_GUESSES
from tests.accounts.people import (
    ask_for_code,
    is_signed_in,
    newest_code,
    sign_in,
    type_code,
    type_pin,
)

pytestmark = pytest.mark.django_db


def wrong(code: str) -> str:
    return str((int(code) + 1) % 10 ** len(code)).zfill(len(code))


def test_a_wrong_code_does_not_lead_to_the_pin(client, rosa):
    ask_for_code(client, rosa.email)

    response = type_code(client, wrong(newest_code()))

    assert response.status_code == 422
    assert client.get(reverse("account_pin")).status_code == 302


def test_the_code_alone_opens_nothing(client, rosa):
    ask_for_code(client, rosa.email)
    type_code(client, newest_code())

    assert not is_signed_in(client)
    assert client.get(reverse("account_home")).status_code == 302


def test_a_wrong_pin_opens_nothing(client, rosa):
    ask_for_code(client, rosa.email)
    type_code(client, newest_code())

    response = type_pin(client, "a wrong passphrase")

    assert response.status_code == 422
    assert not is_signed_in(client)


def test_a_code_is_of_no_use_in_another_browser(client, rosa):
    ask_for_code(client, rosa.email)
    code = newest_code()
    other = Client()
    ask_for_code(other, rosa.email)

    type_code(other, code)

    assert other.get(reverse("account_pin")).status_code == 302


def test_a_new_code_ends_the_old_one(client, rosa):
    ask_for_code(client, rosa.email)
    old = newest_code()
    client.post(reverse("account_confirm_login_code"), {"send_again": "email"})

    assert type_code(client, old).status_code == 422
    assert type_code(client, newest_code()).status_code == 302


def test_a_code_ends_after_ten_minutes(client, rosa):
    ask_for_code(client, rosa.email)
    code = newest_code()

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert type_code(client, code).status_code == 422


def test_a_code_dies_of_wrong_guesses(client, rosa):
    ask_for_code(client, rosa.email)
    code = newest_code()
    for _ in range(MOST_WRONG_GUESSES):
        type_code(client, wrong(code))

    type_code(client, code)

    assert client.get(reverse("account_pin")).status_code == 302


def test_a_closed_account_answers_like_one_that_never_was(client, rosa):
    end_employment(user=rosa, on=timezone.localdate(), by=rosa, reason="test")

    response = ask_for_code(client, rosa.email)

    assert response.url == reverse("account_confirm_login_code")
    assert SentCode.objects.get().user is None


@pytest.mark.parametrize(
    "identifier", ["rosa@example.test", "ROSA@Example.test ", "505-555-0134", "+1 (505) 555 0134"]
)
def test_email_and_phone_open_the_account_however_they_are_written(client, rosa, identifier):
    response = ask_for_code(client, identifier)
    assert response.status_code == 302
    type_code(client, newest_code())

    response = type_pin(client)

    assert response.url == reverse("home")
    assert is_signed_in(client)


def test_a_code_may_come_by_voice(client, rosa):
    ask_for_code(client, "505-555-0134", channel="voice")

    assert SentCode.objects.get().channel == "voice"
    assert type_code(client, newest_code()).status_code == 302


def test_the_page_asked_for_comes_after_signing_in(client, rosa):
    ask_for_code(client, rosa.email, next=reverse("account_home"))
    type_code(client, newest_code())

    assert type_pin(client).url == reverse("account_home")


@pytest.mark.parametrize("known", [True, False])
def test_who_waits_for_a_code_without_an_account_is_led_to_open_one(client, rosa, known):
    address = rosa.email if known else "new@example.test"
    going_to = {"next": "/nm-cms/apply/start/"}
    client.post(reverse("account_login"), {"identifier": address, "channel": "text"} | going_to)

    page = client.get(reverse("account_confirm_login_code")).content.decode()

    assert 'href="/sign-up/?next=%2Fnm-cms%2Fapply%2Fstart%2F"' in page
    assert 'href="/sign-in/?next=%2Fnm-cms%2Fapply%2Fstart%2F"' in page


def test_another_site_does_not_come_after_signing_in(client, rosa):
    ask_for_code(client, rosa.email, next="https://evil.example/")
    type_code(client, newest_code())

    assert type_pin(client).url == reverse("home")


def test_each_sign_in_is_kept(client, rosa):
    sign_in(client, rosa)

    kept = SignIn.objects.get()

    assert (kept.user, kept.outcome, kept.how) == (rosa, "signed_in", "code + password")
    assert kept.session_key == client.session.session_key


def test_signing_in_does_not_change_the_account(client, rosa):
    before = rosa.history.count()

    sign_in(client, rosa)

    assert rosa.history.count() == before


def test_wrong_tries_are_kept_for_the_owner_to_see(client, rosa):
    ask_for_code(client, rosa.email)
    type_code(client, wrong(newest_code()))
    type_code(client, newest_code())
    type_pin(client, "not it, not it")

    assert list(SignIn.objects.wrong().order_by("pk").values_list("outcome", flat=True)) == [
        "wrong_code",
        "wrong_pin",
    ]


def test_spaces_in_a_code_do_not_matter(client, rosa):
    ask_for_code(client, rosa.email)
    code = newest_code()

    assert type_code(client, f" {code[:3]} {code[3:]} ").status_code == 302


def test_a_shared_computer_is_signed_out_sooner_and_not_remembered(client, rosa):
    response = sign_in(client, rosa, is_shared_computer="on")

    assert client.session["is_shared_computer"] is True
    assert "known_accounts" not in response.cookies


def test_no_code_reaches_somebody_whose_account_is_closed(client, rosa):
    end_employment(user=rosa, on=timezone.localdate(), by=rosa, reason="test")

    ask_for_code(client, rosa.email)

    assert SentCode.objects.get().code_hash == ""


def test_signed_in_people_are_led_home(client, rosa):
    client.force_login(rosa)

    assert client.get(reverse("account_login")).url == reverse("home")
