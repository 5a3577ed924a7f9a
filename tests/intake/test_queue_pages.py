"""The list of applications in pages that nobody counts: a page, and whether another follows."""

from __future__ import annotations

import pytest
from django.urls import reverse

from intake.models import Application
from intake.views import queue
from tests.factories import FamilyFactory
from tests.factories.applications import SentApplicationFactory

QUEUE = reverse("intake:queue")


@pytest.fixture
def three(office, ida, monkeypatch):
    """Three applications, two on a page."""
    monkeypatch.setattr(queue, "ROWS_PER_PAGE", 2)
    for _number in range(3):
        SentApplicationFactory(family=FamilyFactory(household__county=office.county))
    return list(Application.objects.most_urgent_first().values_list("number", flat=True))


def shown(browser, page):
    told = browser.get(QUEUE, {"page": page}).content.decode()
    numbers = Application.objects.values_list("number", flat=True)
    return [n for n in sorted(numbers, key=told.find) if n in told], told


def test_each_page_shows_its_rows_and_the_way_on_and_back(three, ida, signed_in):
    browser = signed_in(ida)

    first, told = shown(browser, 1)
    assert first == three[:2]
    assert 'rel="next"' in told and 'rel="prev"' not in told
    last, told = shown(browser, 2)
    assert last == three[2:]
    assert 'rel="prev"' in told and 'rel="next"' not in told


@pytest.mark.parametrize("page", ["", "0", "-1", "3", "99999", "9" * 400, "two", "²", "1e3"])
def test_a_page_that_is_not_there_is_the_first(three, ida, signed_in, page):
    assert shown(signed_in(ida), page)[0] == three[:2]


def test_one_page_of_rows_has_no_other(three, ida, signed_in, monkeypatch):
    monkeypatch.setattr(queue, "ROWS_PER_PAGE", 3)

    numbers, told = shown(signed_in(ida), 1)

    assert numbers == three
    assert "rel=" + '"next"' not in told
