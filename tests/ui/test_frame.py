"""The frame of every page: what it says, and what it must not."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import reverse

from tests.factories import StaffFactory, UserFactory

pytestmark = pytest.mark.urls("tests.ui.urls")


@pytest.fixture
def family(sign_in, db):
    return sign_in(UserFactory(language="en"))


def test_leaving_by_a_link_ends_no_session(family):
    family.get(reverse("ui:leave"))
    assert family.get("/family/").status_code == 200


def test_leaving_ends_the_session_and_says_nothing_of_where_it_was(family):
    response = family.post(reverse("ui:leave"))
    assert response["Location"] == reverse("ui:leave")

    page = family.get(response["Location"])

    text = page.content.decode()
    assert 'content="0; url=https://www.weather.gov/"' in text
    for word in ("child", "health", "Medical", "New Mexico", "program"):
        assert word not in text
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    assert family.get("/family/").status_code == 302


def test_no_browser_keeps_a_page_of_somebody_signed_in(family):
    assert "no-store" in family.get("/family/")["Cache-Control"]
    assert "no-store" in family.get("/nothing/")["Cache-Control"]


def test_no_browser_keeps_an_answer_to_what_was_typed(client):
    assert "no-store" in client.post(reverse("ui:gallery"), {"first_name": "Ana"})["Cache-Control"]


def test_public_pages_may_be_kept(client):
    assert "no-store" not in client.get("/ended/").get("Cache-Control", "")


def test_every_family_page_has_the_way_out_and_signed_in_it_is_a_button(family, read):
    page = read(family.get("/family/").content.decode())
    [form] = page.all("form", action="/leave/")
    assert form["method"] == "post"
    assert form["data-leave"] == "https://www.weather.gov/"


def test_on_public_pages_the_way_out_is_a_link(client, read):
    page = read(client.get("/ended/").content.decode())
    [link] = page.all("a", href="/leave/")
    assert "noreferrer" in link["rel"]


def test_staff_pages_have_no_way_out_to_press_by_mistake(sign_in, db, read):
    client = sign_in(StaffFactory())
    assert not read(client.get("/staff/").content.decode()).all("form", action="/leave/")


def test_staying_needs_a_session(client):
    assert client.post(reverse("ui:stay")).status_code == 302


def test_staying_is_answered_shortly_to_the_script(family):
    response = family.post(reverse("ui:stay"), headers={"accept": "application/json"})
    assert response.json() == {"signed_in": True}


def test_staying_without_script_comes_back_to_the_page(family):
    assert family.post(reverse("ui:stay"), {"next": "/family/"})["Location"] == "/family/"


@time_machine.travel("2026-11-22 00:35Z", tick=False)
def test_a_page_says_without_script_when_it_closes_by_the_clock_of_its_offices(sign_in, db, read):
    family = sign_in(UserFactory(language="en"))
    page = read(family.get("/family/").content.decode())
    assert "this page closes 30 minutes after your last click" in page.text
    assert "If you do nothing, that is at 6:05 PM." in page.text
    [dialog] = page.all("dialog")
    assert dialog["data-idle-minutes"] == "30"
    assert dialog["data-ended"] == "/ended/"


def test_the_program_gives_the_page_its_name_color_and_phone(family, read):
    page = read(family.get("/family/").content.decode())
    assert page.all("html", **{"data-theme": "nm"})
    assert "Children's Medical Services" in page.text
    assert page.all("a", href="tel:+18778904692")


def test_a_worker_of_one_program_sees_its_name_on_every_page(sign_in, db, read):
    client = sign_in(StaffFactory(role="intake-worker", program="nm-cms"))
    assert read(client.get("/staff/").content.decode()).all("html", **{"data-theme": "nm"})


def test_a_page_of_no_program_offers_the_lines_of_all(client, read):
    page = read(client.get("/ended/").content.decode())
    assert page.all("html", **{"data-theme": "plain"})
    assert len([link for link in page.all("a") if str(link.get("href")).startswith("tel:")]) == 2


def test_the_way_to_the_main_part_comes_first(client, read):
    page = read(client.get("/ended/").content.decode())
    assert page.all("a")[0]["href"] == "#main"
    assert page.all("main", id="main")


def test_demo_says_that_nobody_here_is_real(client):
    assert "all people here are invented" in client.get("/ended/").content.decode()


@override_settings(DEMO_MODE=False)
def test_outside_demo_there_is_no_gallery_and_no_such_banner(client):
    assert client.get(reverse("ui:gallery")).status_code == 404
    assert "invented" not in client.get("/ended/").content.decode()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("address", "status"), [("/nothing/", 404), ("/broken/", 500), ("/ended/", 200)]
)
def test_a_page_that_went_wrong_says_how_to_go_on(address, status, language, read):
    client = Client(raise_request_exception=False)
    client.cookies["django_language"] = language
    response = client.get(address)
    page = read(response.content.decode())
    assert response.status_code == status
    assert len(page.all("h1")) == 1
    assert page.all("a", href="tel:+18008440898")


def test_a_missing_page_does_not_repeat_what_was_asked(client):
    assert "mateo-lujan" not in client.get("/family/mateo-lujan/").content.decode().lower()


def test_a_form_from_elsewhere_is_refused_in_words():
    response = Client(enforce_csrf_checks=True).post(reverse("ui:set_language"), {"language": "es"})
    assert response.status_code == 403
    assert "Please send that again" in response.content.decode()


@override_settings(ALLOWED_HOSTS=["portal.example"])
def test_a_request_for_another_host_is_refused_in_words():
    response = Client(raise_request_exception=False).get("/ended/", headers={"host": "x.example"})
    assert response.status_code == 400
    assert "We could not read that" in response.content.decode()
