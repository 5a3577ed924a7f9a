"""Whatever arrives, each form answers with a sentence: never an error of ours."""

from __future__ import annotations

import json
from urllib.parse import quote_plus

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms_portal.accounts import cards
from tests.accounts.people import PASSPHRASE, ask_for_code, newest_code, type_code
from tests.factories import GuardianFactory, OfficeFactory, StaffFactory

pytestmark = pytest.mark.django_db

HOSTILE = {
    "nothing": b"",
    "NUL": b"a%00b",
    "half a surrogate pair": b"%ED%A0%80",
    "bytes that are no text": b"%FF%FE%80",
    "a megabyte": b"x" * 1_000_000,
    "a very long number": b"9" * 5_000,
    "digits of another script": "١٢٣٤٥٦".encode(),
    "full-width digits": quote_plus("１２３４５６").encode(),
    "superscripts": quote_plus("²³⁴⁵⁶⁷").encode(),
    "a script": quote_plus("<script>alert(1)</script>").encode(),
    "a template": quote_plus("{{ 7*7 }}{% debug %}").encode(),
    "a line break": b"a%0D%0Ab",
    "turned around": quote_plus("\u202egnp.exe").encode(),
    "JSON": quote_plus('{"id": 1}').encode(),
    "SQL": quote_plus("' OR 1=1 --").encode(),
    "a formula": b"%3D1%2B1",
    "many at signs": b"@" * 300,
    "an endless address": b"a@" + b"b." * 200,
}
CREDENTIALS = [
    "null", "1", "[]", "{}", '"x"', '{"id": 1}', '{"id": "AA", "response": 5}', '{"response": {}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "????"}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA",'
    ' "authenticatorData": "AA", "signature": "AA", "userHandle": "MQ"}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30",'
    ' "attestationObject": "oA"}, "clientExtensionResults": 3}',
    "NaN", "[" * 2000, '{"id": ' + "9" * 5000 + "}", "x" * 10_000,
]  # fmt: skip


@pytest.fixture
def browsers(rosa):
    """A browser at each place, by name."""
    at_code, at_pin, at_reset, at_second, at_sign_up, at_person, own, desk = (
        Client() for _ in range(8)
    )
    ask_for_code(at_code, rosa.email)
    ask_for_code(at_pin, rosa.email)
    type_code(at_pin, newest_code())
    codes = cards.print_own_card(user=rosa, at=timezone.now()).codes
    for browser in (at_reset, at_second):
        browser.post(reverse("account_reset_password"), {"identifier": "rosa"})
    at_second.post(reverse("account_reset_code"), {"code": codes[0]})
    for browser, name in ((at_sign_up, "one"), (at_person, "two")):
        given = {"identifier": f"{name}@example.test"}
        browser.post(reverse("account_signup"), given)
    at_person.post(reverse("account_signup_code"), {"code": newest_code("two@example.test")})
    own.force_login(rosa)
    own.post(reverse("account_reauthenticate"), {"password": PASSPHRASE})
    own.post(reverse("account_change_email"), {"email": "three@example.test"})
    desk.force_login(StaffFactory(role="intake-worker", office=OfficeFactory()))
    return {
        "account_login": (Client(), ["identifier", "channel", "next"]),
        "account_staff_login": (Client(), ["identifier", "password", "next"]),
        "account_confirm_login_code": (at_code, ["code", "send_again"]),
        "account_pin": (at_pin, ["pin"]),
        "account_signup": (Client(), ["identifier", "channel", "next"]),
        "account_signup_code": (at_sign_up, ["code", "send_again"]),
        "account_signup_person": (at_person, ["name", "pin", "pin_again"]),
        "account_reset_password": (Client(), ["identifier", "channel"]),
        "account_reset_code": (at_reset, ["code", "send_again"]),
        "account_reset_second": (at_second, ["code", "send_again"]),
        "account_name": (own, ["name"]),
        "account_change_email": (own, ["email"]),
        "account_change_phone": (own, ["phone", "channel_wanted"]),
        "account_contact_code": (own, ["code", "send_again"]),
        "account_change_password": (own, ["pin", "pin_again"]),
        "account_reauthenticate": (own, ["password", "next"]),
        "mfa_activate_totp": (own, ["code"]),
        "mfa_add_webauthn": (own, ["name", "credential"]),
        "mfa_login_webauthn": (Client(), ["credential", "next"]),
        "sign_in_help_new": (desk, ["name", "language", "identified_by", "note", "office"]),
        "demo:sign_in": (Client(), ["persona"]),
    }


PAGES = [
    "account_login", "account_staff_login", "account_confirm_login_code", "account_pin",
    "account_signup", "account_signup_code", "account_signup_person", "account_reset_password",
    "account_reset_code", "account_reset_second", "account_name", "account_change_email",
    "account_change_phone", "account_contact_code", "account_change_password",
    "account_reauthenticate", "mfa_activate_totp", "mfa_add_webauthn", "mfa_login_webauthn",
    "sign_in_help_new", "demo:sign_in",
]  # fmt: skip


def post_raw(client: Client, name: str, body: bytes):
    return client.post(reverse(name), data=body, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("name", PAGES)
def test_e1_no_form_of_accounts_breaks(browsers, name):
    client, fields = browsers[name]
    for value in HOSTILE.values():
        parts = [field.encode() + b"=" + value for field in fields]
        for body in {parts[0], b"&".join(parts)}:
            assert post_raw(client, name, body).status_code < 500
    assert post_raw(client, name, b"").status_code < 500
    assert client.post(reverse(name), data=b"{", content_type="application/json").status_code < 500


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_name"])
def test_what_was_typed_wrong_is_shown_again(browsers, name):
    client, fields = browsers[name]

    page = client.post(reverse(name), {fields[0]: "a\x00b" if name == "account_name" else ""})

    assert page.status_code == 422
    assert "error-summary" in page.content.decode()


@pytest.mark.parametrize("name", ["mfa_login_webauthn", "mfa_add_webauthn"])
def test_a_made_up_passkey_breaks_nothing(browsers, name):
    client, _fields = browsers[name]
    for credential in CREDENTIALS:
        client.get(reverse(name), headers={"accept": "application/json"})

        answer = client.post(reverse(name), {"credential": credential})

        assert answer.status_code < 500, credential[:100]


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    shape=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "id",
                        "rawId",
                        "type",
                        "response",
                        "userHandle",
                        "signature",
                        "clientDataJSON",
                        "authenticatorData",
                        "attestationObject",
                    ]
                ),
                inner,
                max_size=6,
            )
        ),
        max_leaves=12,
    )
)
def test_no_shape_of_a_passkey_breaks(shape):
    client = Client()
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})

    response = client.post(reverse("mfa_login_webauthn"), {"credential": json.dumps(shape)})

    assert response.status_code < 500


def test_a_search_for_anything_finds_or_says_so(browsers):
    desk, _fields = browsers["sign_in_help_new"]
    GuardianFactory()
    for value in HOSTILE.values():
        assert post_raw(desk, "sign_in_help", b"name=" + value).status_code < 500


def test_an_edited_cookie_of_known_browsers_is_ignored(rosa):
    for value in ("x", "eyJhIjoxfQ:1:x", "\x00", "a" * 5000):
        client = Client()
        client.cookies["known_accounts"] = value
        assert ask_for_code(client, rosa.email).status_code == 302
