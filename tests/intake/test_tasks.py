"""The list of a draft: sections with states, what is needed first, how long it takes, where to go on."""

import pytest
from django.urls import reverse

from cms_portal import programs
from intake.journeys import journey_of
from intake.journeys.filling import fill
from intake.sections import TITLES, minutes_left, sections_of
from tests.factories.applications import answer, start
from tests.factories.dates import MS, NM


def tasks_of(browser, application):
    return browser.get(reverse("intake:tasks", args=[application.number]))


def test_a_fresh_list_says_what_is_needed_and_how_long_it_takes(rosa, signed_in):
    application = start(rosa)

    text = tasks_of(signed_in(rosa.user), application).content.decode()

    assert "What you will need" in text
    assert "pages are left, about 15 minutes." in text
    assert text.count("Not started") == len(sections_of(application)) - 1


@pytest.mark.parametrize("program", [NM, MS])
def test_every_page_stands_in_one_section_with_a_title(program):
    sections = programs.get(program).sections
    pages = [page for pages in sections.values() for page in pages]

    assert len(pages) == len(set(pages)) == len(journey_of(program).steps)
    assert set(sections) <= set(TITLES)


def test_a_section_begun_leads_to_its_first_open_page(rosa, signed_in):
    application = start(rosa)
    home = {"lives_in_state": "yes", "intends_to_stay": "yes"}
    fill(application, {"child": {}, "residence": home}, by=rosa.user)

    page = tasks_of(signed_in(rosa.user), application)

    first = page.context["tasks"][0]
    assert str(first["state_label"]) == "Begun"
    assert first["url"] == reverse("intake:step", args=[application.number, "away"])
    assert first["hint"] == "2 of 3 pages done"
    assert page.context["next_url"] == first["url"]


def test_signing_opens_only_when_nothing_is_left(rosa, signed_in):
    application = start(rosa)
    browser = signed_in(rosa.user)
    assert tasks_of(browser, application).context["tasks"][-1]["url"] == ""

    answer(application)

    page = tasks_of(browser, application)
    assert page.context["tasks"][-1]["url"] == reverse("intake:check", args=[application.number])
    assert "Every page is done." in page.content.decode()


@pytest.mark.parametrize("left", [0, 1, 7, 8, 20])
def test_minutes_are_told_in_steps_of_five(left):
    class Pages:
        pages, done = range(left), 0

    assert minutes_left([Pages()]) % 5 == 0
    assert (minutes_left([Pages()]) > 0) == (left > 0)
