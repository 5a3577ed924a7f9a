"""The privacy officer reads who looked and who changed what, in one program, and changes nothing."""

import pytest
from django.urls import reverse

from tests.factories import StaffFactory
from tests.factories.applications import SentApplicationFactory, start
from tests.factories.dates import NM


@pytest.fixture
def pia():
    return StaffFactory(role="privacy-officer", program=NM)


@pytest.fixture
def sent(rosa):
    return SentApplicationFactory(family=rosa)


def status(browser, name, *args):
    return browser.get(reverse(name, args=args)).status_code


def test_she_opens_neither_the_application_nor_the_childs_record(pia, sent, signed_in):
    browser = signed_in(pia)

    for name in ("tasks", "receipt", "decision", "review", "phone", "withdraw"):
        assert status(browser, f"intake:{name}", sent.number) == 404
    assert status(browser, "families:child_record", sent.child.pk) == 404
    assert status(browser, "families:household_record", sent.household.pk) == 404


@pytest.mark.parametrize("name", ["withdraw", "phone", "ask_the_rules", "tell_family", "submit"])
def test_she_can_change_and_decide_nothing(pia, sent, signed_in, name):
    page = signed_in(pia).post(reverse(f"intake:{name}", args=[sent.number]))

    assert page.status_code == 404


def test_another_programs_histories_do_not_exist_for_her(pia, mississippi, signed_in):
    family, _office = mississippi
    theirs = SentApplicationFactory(family=family)
    browser = signed_in(pia)

    assert status(browser, "intake:history", theirs.number) == 404
    assert status(browser, "families:who_looked", theirs.child.pk) == 404
    assert theirs.number not in browser.get(reverse("intake:histories")).content.decode()


def test_a_draft_that_a_family_has_not_sent_has_no_history_for_her(pia, rosa, signed_in):
    draft = start(rosa)

    assert status(signed_in(pia), "intake:history", draft.number) == 404


def test_her_pages_lead_to_the_history_and_to_who_looked(pia, sent, signed_in):
    browser = signed_in(pia)

    page = browser.get(reverse("home"), follow=True)

    text = page.content.decode()
    assert page.redirect_chain == [(reverse("intake:histories"), 302)]
    for address in (
        reverse("intake:history", args=[sent.number]),
        reverse("families:who_looked", args=[sent.child.pk]),
    ):
        assert f'href="{address}"' in text
        assert browser.get(address).status_code == 200


def test_she_finds_one_by_its_number(pia, sent, signed_in):
    browser = signed_in(pia)
    address = reverse("intake:histories")

    assert sent.number in browser.get(address, {"number": sent.number.lower()}).content.decode()
    assert sent.number in browser.get(address, {"number": ""}).content.decode()
    found = browser.get(address, {"number": "2222-2222"}).content.decode()
    assert "There is no application with this number." in found


def test_a_worker_without_that_right_has_no_histories(ida, sent, signed_in):
    assert status(signed_in(ida), "intake:histories") == 403
