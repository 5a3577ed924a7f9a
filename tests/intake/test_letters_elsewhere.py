"""Letters to another state: said at the ZIP code, and sent there once the family says so."""

from __future__ import annotations

import html

import pytest
from django.urls import reverse

from intake.journeys import journey_of
from tests.factories.applications import answer, start

TEXAS = {"street": "PO Box 12", "city": "El Paso", "zip_code": "79901"}


@pytest.fixture
def send(rosa, signed_in):
    """Return a function that sends the page of the address for Rosa's draft."""
    application = start(rosa)
    page = reverse("intake:step", args=[application.number, "address"])

    def send(**told):
        county = {"county": rosa.household.county_id}
        return signed_in(rosa.user).post(page, county | told)

    send.application = application
    return send


@pytest.mark.parametrize(
    ("zip_code", "where"),
    [
        ("79901", "is in Texas. No program here serves that state."),
        ("39201", "is in Mississippi. The program there: Children's Medical Program."),
    ],
)
def test_a_zip_code_in_another_state_says_who_serves_it_and_keeps_what_was_typed(
    send, rosa, zip_code, where
):
    page = send(**TEXAS | {"zip_code": zip_code})
    words = html.unescape(page.content.decode())

    assert page.status_code == 422
    assert where in words
    assert "Yes, our letters go to another state" in words
    assert 'value="El Paso"' in words
    assert not rosa.household.addresses.exists()


def test_a_zip_code_of_this_state_is_asked_nothing_more(send, rosa):
    page = send(street="PO Box 9", city="Santa Fe", zip_code="87501-0009")

    assert page.status_code == 302
    assert rosa.household.addresses.get().state == "NM"


def test_letters_that_go_to_another_state_are_sent_there(send, rosa):
    page = send(**TEXAS, goes_elsewhere="on")

    assert page.status_code == 302
    assert rosa.household.addresses.get().lines == ["PO Box 12", "El Paso, TX 79901"]


def test_an_address_in_another_state_does_not_stop_the_application(send, rosa):
    application = answer(send.application)
    send(**TEXAS, goes_elsewhere="on")
    application.refresh_from_db()

    assert journey_of("nm-cms").unfinished(application) == []


def test_the_zip_code_taken_back_asks_for_nothing(send):
    send(**TEXAS, goes_elsewhere="on")

    assert send(zip_code="").status_code == 302
