"""The eyes of these tests are open: each finds the fault that is planted for it."""

import pytest

from tests.browser.visitor import PHONE, faults_of

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLANTED = {
    "axe label: ": "document.querySelector('label[for]').remove()",
    "axe color-contrast: ": "document.querySelector('h1').style.color = '#ddd'",
    "2 h1": "document.querySelector('main').append(document.createElement('h1'))",
    "no title": "document.title = ' · '",
    "lang is fr": "document.documentElement.lang = 'fr'",
    "scrolls sideways": "document.querySelector('h1').style.width = '50rem'",
    "ids used twice": "document.querySelector('h1').id = 'main'",
}
INLINE = "document.body.append(Object.assign(document.createElement('script'), {textContent: '1'}))"


def test_each_planted_fault_is_found(visit):
    visitor = visit()
    found = {}
    for fault, plant in PLANTED.items():
        visitor.go("/sign-in/")
        visitor.page.evaluate(plant)
        found[fault] = faults_of(visitor.page, PHONE, "en")

    missed = [fault for fault, seen in found.items() if not any(fault in one for one in seen)]
    assert missed == []
    visitor.go("/sign-in/")
    assert faults_of(visitor.page, PHONE, "en") == []


def test_a_request_that_fails_is_found(visit):
    visitor = visit()
    visitor.go("/sign-in/")
    for source in ("/static/img/none.svg", visitor.address.replace("http", "ftp")):
        visitor.page.evaluate(
            "(src) => document.body.append(Object.assign(new Image(), { src, alt: '' }))", source
        )
    visitor.page.wait_for_load_state("networkidle")
    assert visitor.complaints


def test_a_script_in_the_page_and_a_focus_that_cannot_be_seen_are_found(visit):
    visitor = visit()
    visitor.go("/sign-in/")
    visitor.page.evaluate(INLINE)
    visitor.page.evaluate("document.querySelectorAll('*').forEach((e) => e.style.outline = 'none')")

    visitor.keys.to('[name="identifier"]')

    assert any("Content Security Policy" in complaint for complaint in visitor.complaints)
    assert any("focus is not drawn" in fault for fault in visitor.keys.faults)
