"""Language is asked first, then remembered."""

import pytest
from django.conf import settings
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.urls("tests.ui.urls")
ASKED = "¿En qué idioma quiere leer?"
SPANISH_FOOTER = "Hable con una persona"


def choose(client, language, page="/ended/"):
    return client.post(reverse("ui:set_language"), {"language": language, "next": page})


def test_a_first_visit_is_asked_in_both_languages_and_is_no_wall(client):
    page = client.get("/ended/").content.decode()
    assert ASKED in page
    assert "Which language do you read?" in page
    assert "You have been signed out" in page


def test_the_answer_is_remembered_and_not_asked_again(client):
    response = choose(client, "es")
    assert response["Location"] == "/ended/"

    page = client.get("/ended/")

    assert SPANISH_FOOTER in page.content.decode()
    assert ASKED not in page.content.decode()
    assert page["Content-Language"] == "es"
    assert '<html lang="es"' in page.content.decode()


def test_until_then_the_browser_decides(client):
    page = client.get("/ended/", headers={"accept-language": "es-MX,es;q=0.9"})
    assert SPANISH_FOOTER in page.content.decode()
    assert ASKED in page.content.decode()


@pytest.mark.parametrize(
    "language", ["", "xx", "en-gb", "\x00", "es\r\nSet-Cookie: a=b", "e" * 9999]
)
def test_a_language_we_do_not_have_changes_nothing(client, language):
    assert choose(client, language).status_code == 302
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies


@pytest.mark.parametrize("forged", ["xx", "../../etc", '"><script>', ""])
def test_a_forged_cookie_is_no_answer(client, forged):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = forged
    assert ASKED in client.get("/ended/").content.decode()


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example", ""],
)
def test_the_switch_leads_only_back_into_the_portal(client, elsewhere):
    assert choose(client, "es", elsewhere)["Location"] == "/"


def test_the_switch_is_a_button_that_writes(client):
    assert client.get(reverse("ui:set_language")).status_code == 405


@pytest.mark.django_db
def test_an_account_remembers_too_and_wins_over_a_shared_computer(sign_in):
    rosa = UserFactory(language="")
    client = sign_in(rosa)
    choose(client, "es")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    page = client.get("/ended/").content.decode()

    rosa.refresh_from_db()
    assert rosa.language == "es"
    assert SPANISH_FOOTER in page


@pytest.mark.django_db
def test_choosing_the_same_language_again_writes_no_history(sign_in):
    rosa = UserFactory(language="es")
    client = sign_in(rosa)
    before = rosa.history.count()

    choose(client, "es")

    assert rosa.history.count() == before
