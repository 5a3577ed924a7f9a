"""A person's own account page: changes ask for the PIN, need proof, and tell the old address."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms_portal.accounts import cards
from cms_portal.accounts.models import PaperCard, User
from cms_portal.notifications.models import Message
from tests.accounts.people import PASSPHRASE, PIN, newest_code, sign_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

CHANGES = [
    "account_change_email",
    "account_change_phone",
    "account_change_password",
    "account_card",
    "mfa_activate_totp",
    "mfa_add_webauthn",
]


@pytest.fixture
def at_home(client, rosa) -> Client:
    """Rosa's own browser, signed in, some minutes after her last PIN."""
    client.force_login(rosa)
    return client


def confirm(client: Client, pin: str = PASSPHRASE):
    return client.post(reverse("account_reauthenticate"), {"password": pin})


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_asks_for_the_pin_first(at_home, name):
    response = at_home.get(reverse(name))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_that_is_sent_without_the_pin_changes_nothing(at_home, rosa, name):
    given = {"email": "new@example.test", "phone": "505-555-0199", "channel_wanted": "text"}

    at_home.post(reverse(name), {**given, "pin": PIN, "pin_again": PIN, "code": "123456"})

    rosa = User.objects.get(pk=rosa.pk)
    assert rosa.check_password(PASSPHRASE)
    assert (rosa.email, str(rosa.phone)) == ("rosa@example.test", "+15055550134")
    assert not PaperCard.objects.exists()
    assert not Authenticator.objects.exists()


def test_a_wrong_pin_confirms_nothing(at_home):
    assert confirm(at_home, "not the PIN").status_code == 200

    assert at_home.get(reverse("account_change_email")).status_code == 302


def test_the_pin_is_looked_at_five_times_an_hour(at_home):
    for _ in range(5):
        confirm(at_home, "not the PIN")

    response = confirm(at_home)

    assert response.status_code == 200
    assert "Too many wrong tries" in response.content.decode()


@pytest.mark.parametrize(
    "name", [*CHANGES, "account_home", "account_name", "account_second_factor"]
)
def test_every_page_shows(at_home, name):
    confirm(at_home)

    response = at_home.get(reverse(name))

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_a_new_email_counts_only_with_the_code_sent_there(at_home, rosa):
    confirm(at_home)
    at_home.post(reverse("account_change_email"), {"email": "new@example.test"})

    at_home.post(reverse("account_contact_code"), {"code": "000000"})
    assert User.objects.get(pk=rosa.pk).email == "rosa@example.test"

    at_home.post(reverse("account_contact_code"), {"code": newest_code("new@example.test")})
    assert User.objects.get(pk=rosa.pk).email == "new@example.test"


def test_the_old_address_is_told_of_a_change(at_home):
    confirm(at_home)
    at_home.post(reverse("account_change_email"), {"email": "new@example.test"})
    at_home.post(reverse("account_contact_code"), {"code": newest_code("new@example.test")})

    told = Message.objects.filter(key="accounts/contact_changed").values_list("address", flat=True)

    assert sorted(told) == ["+15055550134", "new@example.test", "rosa@example.test"]


def test_somebody_elses_address_gets_no_code_and_the_page_says_the_same(at_home):
    UserFactory(email="taken@example.test")
    confirm(at_home)

    answers = [
        (
            at_home.post(reverse("account_change_email"), {"email": email}).url,
            re.sub(email, "…", at_home.get(reverse("account_contact_code")).content.decode()),
        )
        for email in ("free@example.test", "taken@example.test")
    ]

    assert without_tokens(answers[0]) == without_tokens(answers[1])
    assert not Message.objects.exclude(secret="").filter(address="taken@example.test").exists()


def without_tokens(answer):
    return [re.sub(r'(csrfmiddlewaretoken" value=")[^"]*', r"\1", part) for part in answer]


def test_a_new_phone_number_is_proven_too(at_home, rosa):
    confirm(at_home)
    given = {"phone": "505-555-0199", "channel_wanted": "voice"}
    at_home.post(reverse("account_change_phone"), given)

    at_home.post(reverse("account_contact_code"), {"code": newest_code("+15055550199")})

    rosa = User.objects.get(pk=rosa.pk)
    assert str(rosa.phone) == "+15055550199"
    assert rosa.phone_verified_at is not None


def test_the_only_way_in_cannot_be_removed(client):
    ben = UserFactory(email="ben@example.test")
    client.force_login(ben)
    confirm(client)

    response = client.post(reverse("account_remove_contact", args=["email"]))

    assert response.status_code == 422
    assert User.objects.get(pk=ben.pk).email == "ben@example.test"


def test_an_old_phone_number_can_be_removed_while_an_email_is_left(at_home, rosa):
    confirm(at_home)

    at_home.post(reverse("account_remove_contact", args=["phone"]))

    rosa = User.objects.get(pk=rosa.pk)
    assert (rosa.phone, rosa.phone_verified_at) == (None, None)


def test_a_new_pin_signs_out_other_places(client, rosa):
    sign_in(client, rosa)
    other = Client()
    sign_in(other, rosa)
    confirm(client)

    client.post(reverse("account_change_password"), {"pin": PIN, "pin_again": PIN})

    assert client.get(reverse("account_home")).status_code == 200
    assert other.get(reverse("account_home")).status_code == 302
    assert User.objects.get(pk=rosa.pk).check_password(PIN)


def test_signing_out_elsewhere_leaves_this_place(client, rosa):
    sign_in(client, rosa)
    other = Client()
    sign_in(other, rosa)
    assert len(client.get(reverse("account_home")).context["places"]) == 2

    client.post(reverse("account_sign_out_elsewhere"))

    assert client.get(reverse("account_home")).status_code == 200
    assert other.get(reverse("account_home")).status_code == 302
    assert len(client.get(reverse("account_home")).context["places"]) == 1


def test_the_name_is_changed_with_history(at_home, rosa):
    at_home.post(reverse("account_name"), {"name": "Rosa Baca de León"})

    assert User.objects.get(pk=rosa.pk).name == "Rosa Baca de León"
    assert rosa.history.first().history_change_reason == "name changed"


def test_an_own_card_is_shown_once_and_its_codes_are_kept_as_digests(at_home, rosa):
    confirm(at_home)
    at_home.post(reverse("account_card"))

    page = at_home.get(reverse("account_card_to_print")).content.decode()

    shown = re.findall(r"(\d{4}) (\d{4}) (\d{4})", page)
    assert len(shown) == 10
    codes = PaperCard.objects.get(user=rosa).codes.all()
    assert all("".join(digits) not in code.code_hash for digits in shown for code in codes)


def test_a_new_card_ends_the_old_one(rosa):
    first = cards.print_own_card(user=rosa, at=timezone.now())

    cards.print_own_card(user=rosa, at=timezone.now())

    first.card.refresh_from_db()
    assert first.card.ended_at is not None
    assert PaperCard.objects.active().filter(user=rosa).count() == 1


def test_an_authenticator_app_is_set_up_with_its_code(at_home, rosa):
    confirm(at_home)
    secret = at_home.get(reverse("mfa_activate_totp")).context["form"].secret

    response = at_home.post(reverse("mfa_activate_totp"), {"code": app_code(secret)})

    assert response.url == reverse("account_home")
    assert Authenticator.objects.get(user=rosa).type == "totp"


def test_the_secret_of_an_app_is_kept_encrypted(rosa):
    TOTP.activate(rosa, "ABCDEFGHIJKLMNOP")

    assert "ABCDEFGHIJKLMNOP" not in str(Authenticator.objects.get().data)


def app_code(secret: str) -> str:
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))
