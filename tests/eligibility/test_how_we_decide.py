"""How we decide: told from the rules in force, in both languages, with nothing left out."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from eligibility.how_we_decide import HowWeDecide
from eligibility.program_folders import rulebooks

DAY = date(2026, 11, 21)


def told(program: str, day: date = DAY) -> HowWeDecide:
    return HowWeDecide(rulebooks()[program], day)


@pytest.mark.parametrize("program", ["nm-cms", "ms-cmp"])
def test_every_service_tells_every_rule_it_asks(program):
    services = rulebooks()[program].on(DAY).services

    assert [len(one.rules) for one in told(program).services()] == [
        len(service.requires) for service in services
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("program", ["nm-cms", "ms-cmp"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_figure_a_rule_uses_is_on_the_page_with_its_source(client, program, language):
    client.cookies["django_language"] = language

    with translation.override(language):
        page = client.get(reverse("eligibility:how_we_decide", args=[program])).content.decode()
        rules = told(program)
        for service in rules.services():
            for rule in service.rules:
                assert rule.source.name in page
                for figure in rule.figures:
                    assert figure.value in page


def test_the_income_limits_are_those_the_rules_compare_to():
    rows = told("nm-cms").income_limits()

    assert [row["cells"][1]["text"] for row in rows[:4]] == [
        "$31,920",
        "$43,280",
        "$54,640",
        "$66,000",
    ]
    assert told("nm-cms", date(2025, 6, 1)).income_limits()[0]["cells"][1]["text"] == "$31,300"
    assert told("ms-cmp").income_limits() == []


def test_what_no_source_gives_is_named_with_its_owner():
    assumed = {figure.what: figure for figure in told("nm-cms").assumed()}

    planning = assumed["Age at which planning for adult care begins"]
    assert planning.value == "12 years"
    assert planning.owner == "Program administrator, New Mexico CMS"
    assert "Age limit" not in assumed


def test_a_rule_that_decides_nothing_yet_says_so():
    (assets,) = told("nm-cms").suspended()

    assert "not published" in assets.note


@pytest.mark.django_db
def test_the_page_of_mississippi_tells_of_no_payment(client):
    page = client.get(reverse("eligibility:how_we_decide", args=["ms-cmp"])).content.decode()

    assert "Income limits" not in page


@pytest.mark.parametrize("program", ["nm-cms", "ms-cmp"])
def test_no_kind_of_condition_is_called_listed_and_unlisted_at_once(program):
    groups = told(program).condition_groups()

    headings = [(group.name, group.treatment) for group in groups]
    assert len(headings) == len(set(headings))
    listed = {group.name for group in groups if group.treatment.startswith("On the list")}
    assert not any(
        group.name in listed for group in groups if group.treatment.startswith("Not on the list")
    )
