"""F1: nobody can tell from an answer whether an address, a number or a name has an account.

Words, status, headers, cookies and the statements sent to the database are compared. The sending
itself is a job, so the queue is a dummy here: what a job does, the browser cannot see.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest
from django.db import connection
from django.shortcuts import redirect
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms_portal.accounts import identifiers, proofs, sign_ins, stages
from cms_portal.accounts.models import SignIn
from cms_portal.accounts.views import sign_in
from tests.factories import StaffFactory, UserFactory

pytestmark = pytest.mark.django_db

KNOWN = {
    "email": "rosa@example.test",
    "phone": "505-555-0134",
    "user name": "rosa",
}
UNKNOWN = {
    "email": "nora@example.test",
    "phone": "505-555-0135",
    "user name": "nora",
}
WRONG_CODES = ("123456", "123457", "1234", "123456789012", "123458", "123459", "123450")


@pytest.fixture(autouse=True)
def a_queue_that_waits(settings, rosa):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def answers(start: str, steps: list[tuple[str, dict[str, str]]], identifier: str):
    """Walk through some pages in a fresh browser; return all that can be seen of the answers."""
    client = Client()
    seen = [post(client, start, {"identifier": identifier})]
    for name, given in steps:
        seen.append(post(client, name, given))
        seen.append(get(client, name))
    return [
        (status, plain(body, identifier), cookies, work) for status, body, cookies, work in seen
    ]


def post(client: Client, name: str, given: dict[str, str]):
    with CaptureQueriesContext(
        connection,
    ) as work:
        response = client.post(reverse(name), given)
    return shown(response, work)


def get(client: Client, name: str):
    with CaptureQueriesContext(connection) as work:
        response = client.get(reverse(name))
    return shown(response, work)


def shown(response, work):
    kinds = Counter(re.match(r"\W*(\w+)", query["sql"]).group(1) for query in work)
    body = response.content.decode() + response.headers.get("Location", "")
    return response.status_code, body, sorted(response.cookies), sum(kinds.values())


def plain(body: str, identifier: str) -> str:
    body = re.sub(r'(csrfmiddlewaretoken" value=")[^"]*', r"\1", body)
    return body.replace(identifiers.read(identifier).value, "…").replace(identifier, "…")


FLOWS = {
    "sign-in": (
        "account_login",
        [("account_confirm_login_code", {"code": code}) for code in WRONG_CODES]
        + [
            ("account_confirm_login_code", {"send_again": "text"}),
            ("account_confirm_login_code", {"send_again": "email"}),
            ("account_pin", {"pin": "482917"}),
        ],
    ),
    "reset": (
        "account_reset_password",
        [("account_reset_code", {"code": code}) for code in WRONG_CODES]
        + [
            ("account_reset_code", {"send_again": "text"}),
            ("account_reset_second", {"send_again": "email"}),
            ("account_reset_new", {"pin": "482917", "pin_again": "482917"}),
        ],
    ),
    "sign-up": (
        "account_signup",
        [("account_signup_code", {"code": code}) for code in WRONG_CODES]
        + [
            ("account_signup_code", {"send_again": "voice"}),
            ("account_signup_person", {"name": "N", "pin": "482917", "pin_again": "482917"}),
        ],
    ),
}


@pytest.mark.parametrize("kind", KNOWN)
@pytest.mark.parametrize("flow", FLOWS)
def test_f1_known_and_unknown_get_the_same_answers(flow, kind):
    start, steps = FLOWS[flow]

    known, unknown = answers(start, steps, KNOWN[kind]), answers(start, steps, UNKNOWN[kind])

    for number, (one, other) in enumerate(zip(known, unknown, strict=True)):
        assert one[:3] == other[:3], f"answer {number}"
        # The session of a known account reads its row: one statement of some thirty.
        assert abs(one[3] - other[3]) <= 1, f"work of answer {number}: {one[3]}, {other[3]}"


@pytest.mark.parametrize("identifier", ["ida-romero", "ida-romero@example.test"])
def test_f1_the_staff_page_says_the_same(identifier):
    StaffFactory(username="ida-romero", email="ida-romero@example.test")
    given = {"password": "a wrong password for all"}

    def walk(name):
        client = Client()
        seen = [
            post(client, "account_staff_login", {"identifier": name, **given}) for _ in range(6)
        ]
        return [(status, plain(body, name), cookies) for status, body, cookies, _work in seen]

    assert walk(identifier) == walk(identifier.replace("ida-romero", "nobody-here"))


def test_f1_a_family_account_answers_on_the_staff_page_like_none():
    given = {"password": "a wrong password for all"}

    one = post(Client(), "account_staff_login", {"identifier": "rosa", **given})
    other = post(Client(), "account_staff_login", {"identifier": "nora", **given})

    assert one[0] == other[0] == 422
    assert plain(one[1], "rosa") == plain(other[1], "nora")
    assert one[3] == other[3]


def tell_in_words(monkeypatch):
    page = sign_in.TypeCode.page
    monkeypatch.setattr(
        sign_in.TypeCode,
        "page",
        lambda view, **more: page(view, **more) | {"is_new": view.stage.login.user is not None},
    )


def tell_by_the_way(monkeypatch):
    begin = stages.begin
    monkeypatch.setattr(
        stages,
        "begin",
        lambda request, **facts: (
            begin(request, **facts) if facts["user"] else redirect("account_signup")
        ),
    )


def tell_by_work(monkeypatch):
    keep = sign_ins.note_wrong_guess

    def keep_at_once(request, user, outcome):
        for _ in range(3 if user else 0):
            SignIn.objects.count()
        keep(request, user, outcome)

    monkeypatch.setattr(proofs, "note_wrong_guess", keep_at_once)


@pytest.mark.parametrize("fault", [tell_in_words, tell_by_the_way, tell_by_work])
def test_f1_finds_an_answer_that_tells(monkeypatch, fault):
    """Positive control: a sentence, a redirect or more work for one of the two is seen."""
    fault(monkeypatch)

    with pytest.raises(AssertionError):
        test_f1_known_and_unknown_get_the_same_answers("sign-in", "email")


def test_f1_a_passkey_of_nobody_answers_like_a_wrong_one():
    UserFactory(username="ben")
    answer = {"credential": '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}'}

    response = Client().post(reverse("mfa_login_webauthn"), answer)

    assert response.status_code == 302
    assert response.url == reverse("account_login")
