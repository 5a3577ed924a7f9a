"""Several who refer one child, and the receipts of each."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from cms_portal import programs
from cms_portal.access.models import AccessLink
from cms_portal.notifications.models import Message
from cms_portal.work.models import Task
from intake import news
from intake.actions import referrals
from intake.models import AddedNumber
from intake.referral_receipts import Told
from intake.referral_states import ReferralStatus
from intake.states import WrongMove
from tests.factories import the_portal
from tests.factories.dates import MS, NM
from tests.intake.referring import (
    LATER,
    MONDAY,
    another,
    close,
    reach,
    receipt_of,
    refer,
    try_to_reach,
)

S = ReferralStatus


@pytest.fixture
def referral(office, ida):
    return refer(office.county, news_by="email")


@pytest.mark.parametrize(
    "told",
    [
        {"phone": "+15055550000"},
        {"first_name": "MARISOL", "phone": "+15055550000"},
        {"first_name": "Prueba", "last_name": "Marisol", "phone": "+15055550000"},
        {"last_name": "Gómez", "born_on": None, "age": 9},
        {"phone": "", "other_phone": "+15055550122", "born_on": None, "age": 8},
    ],
)
def test_the_same_child_by_name_and_birthday_or_by_phone_and_name_is_joined(referral, office, told):
    assert refer(office.county, at=LATER, **told).joined_to == referral


@pytest.mark.parametrize(
    "told",
    [
        {"first_name": "Twin", "last_name": "Prueba"},
        {"phone": "+15055550000", "born_on": None, "age": 9},
        {"phone": "+15055550000", "first_name": "Marisa"},
    ],
)
def test_a_brother_with_the_same_phone_or_a_child_of_the_same_name_is_not(referral, office, told):
    assert refer(office.county, at=LATER, **told).joined_to is None


def test_a_referral_that_is_over_or_of_the_other_program_is_not_joined_to(
    referral, office, mississippi, ida
):
    _family, jackson = mississippi
    assert refer(jackson.county, program=MS, at=LATER).joined_to is None

    close(referral, ida)
    assert refer(office.county, at=LATER).joined_to is None


def test_the_receipt_of_a_joined_one_hides_what_was_before_and_tells_what_comes(
    referral, office, ida
):
    try_to_reach(referral, ida, at=MONDAY)
    joined = refer(office.county, at=LATER, news_by="email")
    assert receipt_of(joined) == Told.RECEIVED

    try_to_reach(referral, ida, at=LATER + timedelta(hours=1))
    assert receipt_of(joined) == Told.NOT_REACHED

    before = Message.objects.count()
    reach(referral, ida, at=LATER + timedelta(hours=2))
    assert receipt_of(joined) == Told.REACHED
    assert Message.objects.count() == before + 2


def test_one_joined_after_the_family_was_reached_says_only_that_it_came(referral, office, ida):
    reach(referral, ida, at=MONDAY)

    assert receipt_of(refer(office.county, at=LATER)) == Told.RECEIVED


def test_an_urgent_one_makes_the_one_it_is_joined_to_urgent(referral, office):
    joined = refer(office.county, at=LATER, urgency="medicine")

    referral.refresh_from_db()
    contact = Task.objects.open().get(kind="intake.contact")
    assert (referral.urgency, referral.due_on) == ("medicine", joined.due_on)
    assert (contact.about, contact.is_urgent, contact.due_on) == (referral, True, joined.due_on)


def test_an_urgent_one_about_a_family_already_reached_is_urgent_to_read(referral, office, ida):
    reach(referral, ida, at=MONDAY)
    refer(office.county, at=LATER)
    refer(office.county, at=LATER, urgency="hospital")

    assert [task.is_urgent for task in Task.objects.open()] == [True]


def test_workers_who_join_two_both_ways_join_one(referral, office, ida):
    other = another(office.county, 1)
    referrals.join(referral=other, to=referral, by=ida, at=LATER)

    with pytest.raises(WrongMove):
        referrals.join(referral=referral, to=other, by=ida, at=LATER)
    with pytest.raises(WrongMove):
        referrals.join(referral=referral, to=referral, by=ida, at=LATER)


def test_what_was_joined_to_a_joined_one_goes_along(referral, office, ida):
    other = another(office.county, 1)
    third = another(office.county, 1, at=LATER)
    referrals.join(referral=other, to=referral, by=ida, at=LATER)

    third.refresh_from_db()
    assert third.joined_to == referral


@pytest.fixture
def receipt(referral):
    token = news.make_link(referral, by=the_portal(), at=MONDAY + timedelta(days=3650))
    return reverse("intake:referral_receipt", args=[token])


def test_a_receipt_says_nothing_more(client, referral, receipt, ida):
    for act in (lambda: None, lambda: try_to_reach(referral, ida), lambda: reach(referral, ida)):
        act()
        response = client.get(receipt)
        page = response.content.decode()
        assert str(receipt_of(referral).label) in page
        for told in ("Marisol", "Elena", "0122", "regular doctor", "Ida", "Nina"):
            assert told not in page
        assert response["X-Robots-Tag"] == "noindex"


def test_a_wrong_link_is_a_page_that_does_not_exist(client, receipt):
    for wrong in ("0" * 26, "%00", "x" * 3000):
        assert client.get(f"/referral-receipt/{wrong}/").status_code == 404


def test_another_number_is_asked_for_only_while_the_family_is_not_reached(
    client, referral, receipt, ida
):
    number = {"phone": "505-555-0144"}
    assert "another number" not in client.get(receipt).content.decode()

    try_to_reach(referral, ida)
    assert "another number" in client.get(receipt).content.decode()
    assert client.post(receipt, {"phone": "12"}).status_code == 422
    for _twice in range(2):
        assert client.post(receipt, number).status_code == 302
    assert AddedNumber.objects.count() == 1
    assert Task.objects.open().filter(kind=referrals.NEW_NUMBER, owner=ida).count() == 1

    reach(referral, ida)
    client.post(receipt, {"phone": "505-555-0145"})
    assert AddedNumber.objects.count() == 1


def test_nobody_fills_a_referral_with_numbers(client, referral, receipt, ida):
    try_to_reach(referral, ida)
    for number in range(8):
        client.post(receipt, {"phone": f"505-555-01{number}9"})

    assert AddedNumber.objects.count() == referrals.MOST_NUMBERS


def test_a_receipt_ends_when_the_program_says(receipt):
    lasts = programs.get(NM).clock("referral_receipt_days")

    assert AccessLink.objects.get().expires_at == MONDAY + timedelta(days=3650 + lasts)
