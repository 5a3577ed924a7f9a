"""A referral about a child we serve already: the worker finds it, however its name was written."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from cms_portal.accounts.actions import grant_role
from cms_portal.audit.models import AccessEvent
from intake.referral_states import ReferralStatus
from tests.factories import AssignmentFactory, FamilyFactory
from tests.factories.applications import SentApplicationFactory
from tests.factories.dates import MS
from tests.intake.paper import words
from tests.intake.referring import refer


@pytest.fixture
def referral(office, ida):
    """A school wrote the name of the child as it heard it, and no birthday."""
    return refer(
        office.county,
        at=timezone.now(),
        first_name="Marysol",
        last_name="Pruebba",
        born_on=None,
        age=9,
    )


@pytest.fixture
def known(rosa, office, ida):
    AssignmentFactory(child=rosa.child, office=office, worker=ida)
    return rosa


def address(referral):
    return reverse("intake:already_served", args=[referral.number])


def look(browser, referral, looked_for):
    return browser.post(address(referral), {"look": "1", "look_for": looked_for})


def offered(answer):
    return [int(key) for key, _words in answer.context["form"].fields["child"].choices]


def test_nobody_is_found_whom_the_worker_does_not_serve(desk, referral):
    elsewhere = FamilyFactory(child__last_name="Esquibel").child
    answer = look(desk, referral, "Esquibel")

    assert "We find no child like this" in words(answer)
    assert "Esquibel," not in words(answer)
    forged = {"look_for": "Esquibel", "child": elsewhere.pk}
    assert desk.post(address(referral), forged).status_code == 422
    referral.refresh_from_db()
    assert referral.is_open


def test_nobody_is_found_in_the_other_program(referral, sam, signed_in):
    """Not even by somebody who works for both."""
    there = FamilyFactory(program=MS, child__last_name="Esquibel").child
    grant_role(
        user=sam, role="program-supervisor", program=MS, starts_on=there.date_of_birth, by=sam
    )

    assert offered(look(signed_in(sam), referral, "Esquibel")) == []


@pytest.mark.parametrize("how", ["name", "parent", "born", "number"])
def test_a_child_is_found_by_name_birth_date_and_number_and_closes_it(
    desk, referral, known, how, ida
):
    child = known.child
    by = {
        "name": child.last_name[:4],
        "parent": known.guardian.first_name,
        "born": f"{child.date_of_birth:%m/%d/%Y}",
    }
    if how == "number":
        by["number"] = SentApplicationFactory(family=known).number

    assert child.pk in offered(look(desk, referral, by[how]))
    desk.post(address(referral), {"look_for": by[how], "child": child.pk})

    referral.refresh_from_db()
    assert (referral.status, referral.child) == (ReferralStatus.ALREADY_SERVED, child)


def test_who_looked_and_whom_they_found_is_kept(desk, referral, known, ida):
    look(desk, referral, known.child.last_name)

    searched = AccessEvent.objects.filter(action=AccessEvent.Action.SEARCH, child=known.child)
    event = searched.get(page="intake:already_served")
    assert event.actor == ida


def test_another_office_that_may_serve_the_child_is_named(desk, referral):
    elsewhere = AssignmentFactory(child=FamilyFactory(child__last_name="Esquibel").child)

    assert str(elsewhere.office) in words(look(desk, referral, "Esquibel"))


@pytest.mark.parametrize(
    ("sends", "says"),
    [
        ({"look": "1", "look_for": " "}, "Write a name, a birth date or a number."),
        ({"look_for": "Prueba"}, "Choose the child, or look for it first."),
    ],
)
def test_what_is_left_out_is_said(desk, referral, known, sends, says):
    answer = desk.post(address(referral), sends)
    assert answer.status_code == 422
    assert says in words(answer)


def test_what_was_typed_stays_and_a_closed_referral_searches_no_more(desk, referral, known):
    found = look(desk, referral, known.child.last_name)
    assert f'value="{known.child.last_name}"' in words(found)
    desk.post(address(referral), {"look_for": known.child.last_name, "child": known.child.pk})

    again = look(desk, referral, known.child.last_name)
    assert "This referral is closed." in words(again)
    assert known.child.full_name not in words(again)
